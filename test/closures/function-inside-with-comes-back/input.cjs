// What the job returns is the caller's own.
const state = { n: 1 }
let read
with (state) read = () => n
exports.default = () => {
  state.n = 5
  return { read, now: read() }
}
exports.returned = ({ read: same, now }) => [same === read, now, same()]

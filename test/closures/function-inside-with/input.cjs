let get
with ({ x: 5 }) {
  get = () => x
}
exports.default = () => get()

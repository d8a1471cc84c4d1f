const factor = 3
let count = 0
function make(base) {
  return function (text) {
    return eval(text)
  }
}
const run = make(10)
export const args = ['count += 1; base * factor + count']
export default text => run(text)

function take(_a, _b) {
  return arguments
}
const hide = list => Object.defineProperty(list, 0, { enumerable: false })
const kept = hide(take(1, 2))
const slots = list => [0, 1].map(index => Object.getOwnPropertyDescriptor(list, index))
exports.default = given => [kept, given].map(list => [slots(list).map(it => [it.value, it.enumerable]), [...list]])
exports.args = [hide(take(3, 4))]

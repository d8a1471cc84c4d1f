function take() {
  return arguments
}
const taken = take(1, 'b')
export default () => [taken.length, taken[1], Object.prototype.toString.call(taken), Array.from(taken)]

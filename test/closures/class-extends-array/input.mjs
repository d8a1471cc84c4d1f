class Stack extends Array {
  get top() {
    return this.at(-1)
  }
}
const stack = Stack.from([1, 2, 3])
export default () => [stack.top, stack.length, Array.isArray(stack), stack.map(x => x) instanceof Stack]

class Node {
  constructor(value, ...children) {
    this.value = value
    this.children = children
    for (const child of children) child.parent = this
  }
  get depth() {
    return this.parent === undefined ? 0 : this.parent.depth + 1
  }
  *walk() {
    yield this
    for (const child of this.children) yield* child.walk()
  }
}
const leaf = new Node('leaf')
const root = new Node('root', new Node('mid', leaf))
export default () => [leaf.depth, [...root.walk()].map(node => node.value), leaf.parent.parent === root]

class Tree {
  static Leaf = class Leaf {
    constructor(value) {
      this.value = value
    }
  }
  Branch = class {
    leaf = new Tree.Leaf(2)
  }
}
export default () => [new Tree.Leaf(1).value, new (new Tree().Branch)().leaf.value, Tree.Leaf.name]

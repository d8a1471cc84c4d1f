// Blocks in each other, a function that the object itself holds, accessors, a class and a strict function inside.
function make(outer, inner) {
  let n = 0
  with (outer) {
    with (inner) {
      outer.sum = () => [a, b, ++n, twice]
      class Box {
        constructor() { this.sees = [a, b] }
      }
      return {
        sum: outer.sum,
        count: () => n,
        strict() { 'use strict'; return [a, b] },
        box: () => new Box().sees,
        inner: () => inner === b.self,
      }
    }
  }
}
const inner = { get twice() { return this.a * 2 }, a: 2 }
const outer = { a: 1, b: { self: inner } }
const made = make(outer, inner)
const again = make({ a: 5, b: 6 }, Object.freeze({ a: 7 }))
exports.default = () => {
  const { sum, count, strict, box } = made
  return [
    sum().slice(2), outer.sum === sum, outer.sum().slice(2), count(), strict()[0], box()[0], made.inner(), outer.b.self === inner,
    again.count(), again.strict(), again.box(), Object.keys(outer).join(),
  ]
}

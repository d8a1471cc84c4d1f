import type { Case } from './cases.ts'

class Shape {
  static made = 0
  static readonly kinds = new Set(['a'])
  static {
    Shape.made = 40
  }
  readonly name: string
  constructor(name: string) {
    this.name = name
    Shape.made++
  }
  get label() {
    return `<${this.name}>`
  }
  lexical() {
    return () => `${this.label}/${[0].map(() => this.name)[0]}`
  }
  later() {
    return async () => [this.label, this instanceof Shape]
  }
  static of = (name: string) => new Shape(name)
}
class Square extends Shape {
  side = 2
  #secret = 7
  area() {
    return this.side ** 2 + this.#secret
  }
  override get label() {
    return `${super.label}!`
  }
}
const shape = new Shape('s')
class Bag extends Map<string, number> {
  total() {
    let sum = 0
    for (const value of this.values()) sum += value
    return sum
  }
}
const bag = new Bag([
  ['a', 1],
  ['b', 2],
])
function Old(this: { x: number }, x: number) {
  this.x = x
}
Old.prototype.get = function (this: { x: number }) {
  return this.x
}
/** What travels of classes, and what it must give in a fresh process. */
export const classCases: readonly Case[] = [
  { name: 'a class', fn: () => Shape.of('n').label, gives: '<n>' },
  { name: 'statics as they are', fn: () => [Shape.made, Shape.kinds.has('a')], gives: [41, true] },
  {
    name: 'a derived class with private fields',
    fn: () => {
      const it = new Square('q')
      return [it.area(), it.label, it instanceof Shape]
    },
    gives: [11, '<q>!', true],
  },
  {
    name: 'an instance',
    fn: () => [shape.label, shape instanceof Shape, shape.constructor === Shape],
    gives: ['<s>', true, true],
  },
  {
    name: 'an instance of a class below Map',
    fn: () => [bag.total(), bag instanceof Bag, bag instanceof Map],
    gives: [3, true, true],
  },
  {
    name: 'a constructor function with methods on its prototype',
    fn: () => new (Old as never as new (x: number) => { get(): number })(4).get(),
    gives: 4,
  },
  { name: 'this of the method around', fn: shape.lexical(), gives: '<s>/s' },
  { name: 'this of an async arrow', fn: shape.later(), gives: ['<s>', true] },
  {
    name: 'names of classes',
    fn: () => [Shape.name, new Square('x').constructor.name],
    gives: ['Shape', 'Square'],
  },
]

/** What the cases would change if they ran here. */
export const madeHere = (): number => Shape.made

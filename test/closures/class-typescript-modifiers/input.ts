abstract class Shape {
  protected readonly sides: number = 0
  private label?: string
  declare kind: string
  abstract area(): number
  describe(): string {
    return `${this.sides} sides, ${this.area()}${this.label ?? ''}`
  }
}
class Square extends Shape implements Iterable<number> {
  protected override readonly sides = 4
  readonly #edge: number
  constructor(edge: number) {
    super()
    this.#edge = edge
  }
  area(): number {
    return this.#edge ** 2
  }
  *[Symbol.iterator](): Generator<number> {
    yield this.#edge
  }
}
export default (): unknown[] => [new Square(3).describe(), ...new Square(2)]

export class Point {
  x: number
  constructor(x: number) {
    this.x = x
  }
  get double(): number {
    return this.x * 2
  }
}
export class Registry extends Map<string, number> {
  label = 'all'
}
export class Stack extends Array<number> {}
export class HttpError extends Error {
  status = 404
}
export class Empty {}

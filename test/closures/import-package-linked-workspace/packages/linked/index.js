export class Point { constructor(x) { this.x = x } }
export const make = x => new Point(x)

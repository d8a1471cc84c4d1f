export class Point { constructor(x) { this.x = x } }
export const origin = new Point(0)

class Point {
  static x = 1
}
export default class extends Point {
  static y = 2
}

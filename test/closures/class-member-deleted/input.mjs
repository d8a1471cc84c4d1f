class Cut {
  a() {}
  b() {}
  static c() {}
}
delete Cut.prototype.a
delete Cut.c
export default () => [Object.getOwnPropertyNames(Cut.prototype), 'c' in Cut]

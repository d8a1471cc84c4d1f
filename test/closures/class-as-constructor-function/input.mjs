function Old(x) {
  this.x = x
}
Old.prototype.get = function () {
  return this.x
}
export default () => [new Old(4).get(), new Old(1) instanceof Old, Object.keys(Old.prototype)]

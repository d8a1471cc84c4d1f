function Old(x) {
  this.x = x
}
Old.prototype.double = function () {
  return 2 * this.x
}
class Young extends Old {
  triple() {
    return 3 * this.x
  }
}
const young = new Young(2)
export default () => [young.double(), young.triple(), young instanceof Old]

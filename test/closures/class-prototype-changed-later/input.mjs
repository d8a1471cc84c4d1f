class Late {
  old() {
    return 'old'
  }
  gone() {}
}
Late.prototype.added = function () {
  return `added ${this.old()}`
}
Late.prototype.old = () => 'replaced'
delete Late.prototype.gone
export default () => [new Late().added(), 'gone' in Late.prototype]

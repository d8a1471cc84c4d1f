Array.prototype.picloudLast = function () {
  return this[this.length - 1]
}
export default () => typeof [].picloudLast

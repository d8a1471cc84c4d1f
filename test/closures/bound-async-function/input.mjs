const later = async function (x) {
  return [this.base, x]
}.bind({ base: 2 })
export default () => later(3)

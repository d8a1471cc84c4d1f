const read = function () {
  return this.n
}.bind({ n: 4 })
const object = Object.defineProperty({}, 'n', { get: read })
export default () => object.n

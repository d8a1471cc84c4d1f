const part = 'computed'
class Meter {
  #value = 1
  read() {
    return this.#value
  }
  get twice() {
    return 2 * this.#value
  }
  [part]() {
    return part
  }
  static make() {
    return new Meter()
  }
}
const { get } = Object.getOwnPropertyDescriptor(Meter.prototype, 'twice')
export const args = [Meter.prototype.read, { get, make: [Meter.make], named: Meter.prototype[part] }, new Meter()]
export default (read, { get, make: [make], named }, meter) => [
  read === Meter.prototype.read,
  read.call(new Meter()),
  make === Meter.make,
  get === Object.getOwnPropertyDescriptor(Meter.prototype, 'twice').get,
  named === Meter.prototype.computed,
  get.call(meter),
]

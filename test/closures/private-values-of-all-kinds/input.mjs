const mark = Symbol('mark')
class Holder {
  #none
  #self = this
  #values = [NaN, -0, 1n, null, undefined]
  #nan = NaN
  #zero = -0
  #big = 12345678901234567890n
  #mark = mark
  #text = 'text'
  #fn = () => mark
  all() {
    return [this.#none === undefined, this.#self === this, this.#values.length, Object.is(this.#nan, NaN), Object.is(this.#zero, -0), String(this.#big), this.#mark === mark, this.#text, this.#fn() === mark]
  }
}
const holder = new Holder()
export default () => holder.all()

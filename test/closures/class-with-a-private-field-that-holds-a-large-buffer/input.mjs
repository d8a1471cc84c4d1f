// More elements than V8 gives names of.
class Slab {
  #bytes = new Uint8Array(2 ** 24 + 1)
  #items = Array.from({ length: 3 }, (_, at) => at)
  size() {
    return [this.#bytes.length, this.#items]
  }
}
const slab = new Slab()
const own = new Uint8Array(2 ** 24 + 1).fill(1)
export default () => [slab.size(), slab instanceof Slab, own.at(-1), own.length]

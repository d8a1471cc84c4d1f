let leaked
class Half {
  #a = (leaked = this)
  #b = (() => {
    throw new Error('no')
  })()
  sum() {
    return [this.#a, this.#b]
  }
}
try {
  new Half()
} catch {}
export default () => leaked.sum()

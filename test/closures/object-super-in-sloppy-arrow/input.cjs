const it = {
  __proto__: { hello: () => 'hello' },
  later() {
    return () => super.hello()
  },
}
const later = it.later()

module.exports = { default: () => later() }

let reads = 0
const object = Object.defineProperties({}, {
  hidden: { value: 1 },
  computed: { get: () => ++reads, enumerable: true, configurable: true },
  both: { get() { return this.hidden }, set(value) { this.seen = value } },
})
Object.preventExtensions(object)
export default () => [reads, object.computed, Object.keys(object), object.both, Object.isExtensible(object)]

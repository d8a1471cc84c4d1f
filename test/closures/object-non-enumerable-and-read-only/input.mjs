const it = Object.defineProperties({}, {
  hidden: { value: 1 },
  fixed: { value: 2, enumerable: true },
  free: { value: 3, writable: true, enumerable: true, configurable: true },
})
export default () => [Object.keys(it), it.hidden, Object.getOwnPropertyDescriptor(it, 'fixed').writable, it.free]

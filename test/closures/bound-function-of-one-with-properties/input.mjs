function count() {
  return arguments.length
}
const inner = Object.assign(count.bind(null), { notes: { deep: { deeper: [1] } } })
const outer = inner.bind(null, 'one')
const named = Object.defineProperty(outer.bind(null, 'two'), 'name', { value: 'counted' })
const proxy = new Proxy(inner, {})

export default () => [outer('two'), named('three'), named.name, inner.notes.deep.deeper, proxy.notes === inner.notes]

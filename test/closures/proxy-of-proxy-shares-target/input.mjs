const target = { n: 1 }
const inner = new Proxy(target, {})
const outer = new Proxy(inner, {})
export default () => {
  outer.n++
  return [target.n, inner.n]
}

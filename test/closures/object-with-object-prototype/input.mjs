const base = { greet: () => 'hi', n: 1 }
const child = Object.create(base, { own: { value: 2, enumerable: true } })
export default () => {
  base.n = 5
  return [child.greet(), child.n, Object.keys(child), Object.getPrototypeOf(child) === base]
}

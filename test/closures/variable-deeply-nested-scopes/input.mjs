const outer = a => {
  let b = a + 1
  return c => {
    let d = c + b
    {
      let e = d + 1
      return f => {
        a++
        return [a, b++, c, d, e, f]
      }
    }
  }
}
const made = outer(1)(10)
export default () => [made('x'), made('y')]

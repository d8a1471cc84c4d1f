const pick = n => {
  outer: for (let i = 0; ; i++) {
    switch (i) {
      case n:
        break outer
      default:
        continue outer
    }
  }
  return n
}
export const args = [4]
export default n => pick(n)

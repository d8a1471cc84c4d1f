const it = {
  [Symbol.toPrimitive]: hint => (hint === 'number' ? 42 : hint),
  valueOf() {
    throw new Error('ran')
  },
}
export default () => [+it, `${it}`]

const made = (function F(n) {
  if (new.target) this.t = () => [new.target === F, F.length, n]
  else return { arrow: () => F, pattern: ({ a } = {}) => [typeof F, a], method() { return F } }
})
const parts = made(1)
const { t } = new made(2)
const F = 'another'
export default () => [parts.arrow() === parts.method(), parts.arrow().name, parts.pattern({ a: 3 }), t(), F]

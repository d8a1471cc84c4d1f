let early
class Base {}
class Derived extends Base {
  constructor() {
    const f = () => this
    early = f
    if (Derived.stop) throw new Error('stop')
    super()
  }
}
Derived.stop = true
try {
  new Derived()
} catch {}
const f = early
export default () => f()

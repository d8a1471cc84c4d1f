function Outer() {
  this.f = () => new.target === Outer
  this.g = () => new.target === undefined
}
const made = new Outer()
const called = {}
Outer.call(called)
export default () => [made.f(), made.g(), called.f(), called.g()]

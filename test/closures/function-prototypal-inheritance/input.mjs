function Base() {}
Base.prototype.hello = () => 'hello'
function Derived() {
  Base.call(this)
}
Derived.prototype = Object.create(Base.prototype, { constructor: { value: Derived, writable: true, configurable: true } })
const derived = new Derived()
export default () => [derived.hello(), derived instanceof Base, derived.constructor === Derived, new Derived() instanceof Base]

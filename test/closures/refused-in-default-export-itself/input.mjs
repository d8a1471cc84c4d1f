const f = () => 1
f.weak = new WeakMap()
export default f

class Base {}
Base.prototype.cache = new WeakMap()
const it = new Base()
export default () => it

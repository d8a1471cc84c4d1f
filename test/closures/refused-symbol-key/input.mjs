const key = Symbol('weak')
const it = { [key]: new WeakSet() }
export default () => it[key]

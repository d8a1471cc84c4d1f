const Object = { keys: () => 'mine' }
const Array = 1
const undefined_ = void 0
const globalThis = { own: true }
const process = { env: 'none' }
const Promise = () => 'no promise'
export default () => [Object.keys(), Array, globalThis.own, process.env, Promise()]

const refuse = () => {
  throw new Error('trap ran')
}
const handler = Object.fromEntries(Object.getOwnPropertyNames(Reflect).filter(k => typeof Reflect[k] === 'function').map(name => [name, refuse]))
const hostile = new Proxy({ a: 1 }, handler)
export default () => {
  try {
    return hostile.a
  } catch (error) {
    return error.message
  }
}

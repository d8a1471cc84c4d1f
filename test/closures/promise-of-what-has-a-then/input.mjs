const value = {}
const promise = Promise.resolve(value)
value.then = () => undefined
export default () => promise

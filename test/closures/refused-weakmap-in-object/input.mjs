const cache = { entries: new WeakMap() }
const helper = () => cache
export default () => helper()

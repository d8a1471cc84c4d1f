const seen = new WeakSet()
export default () => seen

const list = [1, [new WeakRef({})]]
const set = new Set([list])
export default () => set.size

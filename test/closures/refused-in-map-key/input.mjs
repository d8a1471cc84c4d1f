const weak = new WeakMap()
const map = new Map([[weak, 1]])
export default () => map.size

const f = (() => 1).bind(null)
const a = { f }
const b = [f]
export default () => a.f === b[0]

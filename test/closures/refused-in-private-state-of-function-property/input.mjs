const f = Object.assign(() => 1, { cache: { weak: new WeakMap() } })
export default () => f()

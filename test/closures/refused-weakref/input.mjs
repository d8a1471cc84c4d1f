const ref = new WeakRef({})
export default () => ref.deref()

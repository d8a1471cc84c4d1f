const it = new WeakRef({})
export default () => it

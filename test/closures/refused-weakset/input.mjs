const it = new WeakSet()
export default () => it

const it = typeof DisposableStack === 'undefined' ? new WeakMap() : new DisposableStack()
export default () => it

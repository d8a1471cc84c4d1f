const pending = new Promise(() => undefined)
export default () => pending

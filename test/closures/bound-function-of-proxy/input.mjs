const bound = new Proxy(() => 1, {}).bind(undefined)
export default () => bound()

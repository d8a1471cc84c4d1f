const list = new Proxy([1, 2], {})
export default () => [Array.isArray(list), list.length, [...list]]

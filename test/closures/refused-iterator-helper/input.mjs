const helper = Iterator.from([1, 2]).map(x => x)
export default () => [...helper]

const items = [1, 2][Symbol.iterator]()
export default () => [...items]

const entries = new Map([['a', 1]]).entries()
export default () => [...entries]

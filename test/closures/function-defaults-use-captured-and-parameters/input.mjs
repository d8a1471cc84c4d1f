const base = 10
let calls = 0
const next = () => ++calls
export default (a = base, b = a + next(), { c = () => a + b, ...rest } = { d: 1 }, [e = c()] = []) => [a, b, e, rest]

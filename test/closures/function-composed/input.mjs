const compose = (...fns) => x => fns.reduceRight((y, f) => f(y), x)
const curry = f => a => b => f(a, b)
const pipeline = compose(x => x + 1, curry((a, b) => a * b)(3), Number.parseInt)
export const args = ['7']
export default text => pipeline(text)

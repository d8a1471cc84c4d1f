const source = { a: 1, b: { c: [2, { d: 3 }] }, ['x' + 1]: 4 }
const { a, b: { c: [first, { d = 0 }] }, x1: renamed, missing = 'default', ...rest } = source
export default () => [a, first, d, renamed, missing, rest]

const key = Symbol('key')
const it = { [key]: 1, [Symbol.for('shared')]: 2, [Symbol.toStringTag]: 'Tagged' }
export default () => [it[key], it[Symbol.for('shared')], String(it), Object.getOwnPropertySymbols(it).length]

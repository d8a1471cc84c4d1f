export { add, mul as aliased } from './math.mjs'
export * from './all.mjs'
export * as ns from './math.mjs'

export * from './one.mjs'
export { two as zwei } from './two.mjs'
export * as rest from './three.mjs'
export const four = 4

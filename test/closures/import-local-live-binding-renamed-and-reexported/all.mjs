import { count } from './count.mjs'
export * from './state.mjs'
export { total as sum } from './state.mjs'
export { count }

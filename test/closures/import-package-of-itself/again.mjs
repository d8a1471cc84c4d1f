export { count as again } from './state.mjs'

import { even } from './even.mjs'
export default () => [even(10), even(7)]

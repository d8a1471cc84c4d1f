import { even } from './even.mjs'
export const odd = n => n !== 0 && even(n - 1)

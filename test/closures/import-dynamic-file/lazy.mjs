import { factor } from './factor.ts'
export const add = (a, b) => a + b + factor

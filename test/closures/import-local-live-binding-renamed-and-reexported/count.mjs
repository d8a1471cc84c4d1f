import { total } from './state.mjs'
export const count = () => `${total}`

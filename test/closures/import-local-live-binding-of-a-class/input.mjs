import { Counter, made } from './counter.mjs'
export default () => [new Counter().n, new Counter().n, made]

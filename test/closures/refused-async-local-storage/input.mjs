import { AsyncLocalStorage } from 'node:async_hooks'
const it = new AsyncLocalStorage()
export default () => it

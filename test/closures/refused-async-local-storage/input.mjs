import { AsyncLocalStorage } from 'node:async_hooks'
const storage = new AsyncLocalStorage()
export default () => storage.getStore()

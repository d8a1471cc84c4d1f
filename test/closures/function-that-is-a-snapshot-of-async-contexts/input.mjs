import { AsyncLocalStorage } from 'node:async_hooks'

const run = AsyncLocalStorage.snapshot()
export default () => run(() => 1)

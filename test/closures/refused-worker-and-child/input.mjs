import { Worker } from 'node:worker_threads'
const worker = new Worker('', { eval: true })
await worker.terminate()
export default () => worker.threadId

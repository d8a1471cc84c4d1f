import { performance as perf } from 'node:perf_hooks'
const all = { global: globalThis, env: process.env, log: console, clone: structuredClone, later: setTimeout, soon: setImmediate, micro: queueMicrotask, fetch, perf, process, hr: process.hrtime.bigint, base: atob, URL, Buffer, abort: AbortController }
export default () => [
  all.global === globalThis,
  all.env === process.env,
  all.log === console,
  all.clone === structuredClone,
  all.later === setTimeout,
  all.soon === setImmediate,
  all.micro === queueMicrotask,
  all.fetch === fetch,
  all.process === process,
  all.hr === process.hrtime.bigint,
  all.base === atob,
  all.URL === URL,
  all.Buffer === Buffer,
  all.abort === AbortController,
].flatMap((same, at) => (same ? [] : [at]))

import * as fs from 'node:fs'
import { performance as timing } from 'node:perf_hooks'
const held = { crypto, subtle: crypto.subtle, navigator, performance, fetch, structuredClone, fs, console, Intl, WebAssembly }
const many = new Map([[crypto, timing]])
export default () => [
  held.crypto === crypto,
  held.subtle === crypto.subtle,
  held.navigator === navigator,
  held.performance === performance,
  timing === performance,
  held.fetch === fetch,
  held.structuredClone === structuredClone,
  typeof held.fs.readFileSync,
  held.console === console,
  held.Intl === Intl,
  held.WebAssembly === WebAssembly,
  many.get(crypto) === performance,
]

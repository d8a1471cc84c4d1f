/** What every worker has under these names: the language's globals and Node 24's. A function uses the worker's own. */
const standard = new Set(
  `
  Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise
  RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis
  JSON Math Intl ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array
  BigUint64Array BigInt64Array Uint8ClampedArray Float32Array Float64Array DataView Map BigInt Set Iterator
  WeakMap WeakSet Proxy Reflect FinalizationRegistry WeakRef decodeURI decodeURIComponent encodeURI
  encodeURIComponent escape unescape eval isFinite isNaN console process global Buffer clearImmediate
  setImmediate URL URLSearchParams DOMException AbortController AbortSignal Event EventTarget CustomEvent
  TextEncoder TextDecoder TransformStream TransformStreamDefaultController WritableStream
  WritableStreamDefaultController WritableStreamDefaultWriter ReadableStream ReadableStreamDefaultReader
  ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableByteStreamController
  ReadableStreamDefaultController ByteLengthQueuingStrategy CountQueuingStrategy TextEncoderStream
  TextDecoderStream CompressionStream DecompressionStream clearInterval clearTimeout setInterval setTimeout
  queueMicrotask structuredClone atob btoa BroadcastChannel MessageChannel MessagePort Blob File Performance
  PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList
  PerformanceResourceTiming performance URLPattern fetch FormData Headers Request Response MessageEvent
  CloseEvent WebSocket crypto Crypto CryptoKey SubtleCrypto SuppressedError DisposableStack
  AsyncDisposableStack Float16Array SharedArrayBuffer WebAssembly Navigator navigator assert async_hooks buffer
  child_process cluster constants dgram diagnostics_channel dns domain events fs http http2 https inspector net
  os path perf_hooks punycode querystring readline repl stream string_decoder sys timers tls trace_events tty
  url util v8 vm wasi worker_threads zlib node:sea node:sqlite node:test __filename module exports __dirname
  require Storage localStorage sessionStorage EventSource
`
    .trim()
    .split(/\s+/),
)

export function isStandardGlobal(name: string): boolean {
  return standard.has(name)
}

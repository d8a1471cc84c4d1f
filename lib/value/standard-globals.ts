/** Globals of the language. All functions below them are native: anything else there was put by a program. */
export const languageGlobals: ReadonlySet<string> = new Set(
  `Object Function Array Number parseFloat parseInt Boolean String Symbol Date Promise RegExp Error AggregateError
EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math Intl ArrayBuffer Atomics Uint8Array
Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float16Array
Float32Array Float64Array DataView Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect FinalizationRegistry WeakRef
SharedArrayBuffer decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite isNaN
SuppressedError DisposableStack AsyncDisposableStack WebAssembly`.split(/\s/),
)

/** Globals of Node 24, some of them written in JavaScript. */
export const nodeGlobals: ReadonlySet<string> = new Set(
  `globalThis console process Buffer clearImmediate setImmediate URL URLSearchParams DOMException AbortController
AbortSignal Event EventTarget CustomEvent TextEncoder TextDecoder TransformStream TransformStreamDefaultController
WritableStream WritableStreamDefaultController WritableStreamDefaultWriter ReadableStream ReadableStreamDefaultReader
ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableByteStreamController ReadableStreamDefaultController
ByteLengthQueuingStrategy CountQueuingStrategy TextEncoderStream TextDecoderStream CompressionStream
DecompressionStream clearInterval clearTimeout setInterval setTimeout queueMicrotask structuredClone atob btoa
BroadcastChannel MessageChannel MessagePort Blob File Performance PerformanceEntry PerformanceMark PerformanceMeasure
PerformanceObserver PerformanceObserverEntryList PerformanceResourceTiming URLPattern fetch FormData Headers Request
Response MessageEvent CloseEvent WebSocket Crypto CryptoKey SubtleCrypto Navigator`.split(/\s/),
)

export function isStandardGlobal(name: string): boolean {
  return languageGlobals.has(name) || nodeGlobals.has(name)
}

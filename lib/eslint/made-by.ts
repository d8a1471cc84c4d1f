/** What calls and constructors certainly make that can't be sent, by the name of its class. */

/** Classes among the globals; their instances hold state of the process. */
export const globalClasses: ReadonlySet<string> = new Set(
  `AbortController Blob BroadcastChannel CompressionStream DecompressionStream File FormData Headers MessageChannel
  PerformanceObserver ReadableStream Request Response TransformStream WritableStream`.split(/\s+/),
)

/** Of the language, with words of their own. */
export const weakClasses: ReadonlySet<string> = new Set(['FinalizationRegistry', 'WeakMap', 'WeakRef', 'WeakSet'])

/** Global functions, and the class of what they give. */
export const globalMakers: ReadonlyMap<string, string> = new Map([
  ['setImmediate', 'Immediate'],
  ['setInterval', 'Timeout'],
  ['setTimeout', 'Timeout'],
])

/** Of each of Node's modules: `name` of a class, or `function=class` of what a function gives. */
const texts: Readonly<Record<string, string>> = {
  child_process: 'ChildProcess exec=ChildProcess execFile=ChildProcess fork=ChildProcess spawn=ChildProcess',
  crypto: `createCipheriv=Cipheriv createDecipheriv=Decipheriv createECDH=ECDH createHash=Hash createHmac=Hmac
    createSign=Sign createVerify=Verify`,
  dgram: 'createSocket=Socket',
  fs: 'createReadStream=ReadStream createWriteStream=WriteStream watch=FSWatcher',
  http: 'Server createServer=Server get=ClientRequest request=ClientRequest',
  https: 'Server createServer=Server get=ClientRequest request=ClientRequest',
  net: 'Server Socket connect=Socket createConnection=Socket createServer=Server',
  readline: 'createInterface=Interface',
  sqlite: 'DatabaseSync',
  stream: 'Duplex PassThrough Readable Transform Writable',
  timers: 'setImmediate=Immediate setInterval=Timeout setTimeout=Timeout',
  tls: 'createServer=Server',
  vm: 'Script',
  worker_threads: 'Worker',
  zlib: `createBrotliCompress=BrotliCompress createBrotliDecompress=BrotliDecompress createDeflate=Deflate
    createGunzip=Gunzip createGzip=Gzip createInflate=Inflate`,
}

/** By module and name, as `net.createServer`: the class. */
export const nodeMakers: ReadonlyMap<string, string> = new Map(
  Object.entries(texts).flatMap(([module, text]) =>
    text.split(/\s+/).map((entry): [string, string] => {
      const [name = '', made = name] = entry.split('=')
      return [`${module}.${name}`, made]
    }),
  ),
)

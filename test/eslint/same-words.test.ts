import { spawn } from 'node:child_process'
import * as crypto from 'node:crypto'
import * as dgram from 'node:dgram'
import * as fs from 'node:fs'
import * as http from 'node:http'
import * as net from 'node:net'
import * as readline from 'node:readline'
import * as stream from 'node:stream'
import * as vm from 'node:vm'
import { Worker } from 'node:worker_threads'
import * as zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { CaptureError } from '../../lib/closure/capture-error.ts'
import { handleWords, nodeWords, refusalWords, type Words } from '../../lib/closure/words.ts'
import { globalClasses, weakClasses } from '../../lib/eslint/made-by.ts'

function refusalOf(value: unknown): Words {
  try {
    capture(() => value)
  } catch (error) {
    if (error instanceof CaptureError) return { why: error.reason, hint: error.hint ?? '' }
    throw error
  }
  throw new Error('it was captured')
}

const makers: Readonly<Record<string, () => object>> = {
  AbortController: () => new AbortController(),
  Blob: () => new Blob([]),
  BroadcastChannel: () => {
    const channel = new BroadcastChannel('x')
    channel.close()
    return channel
  },
  CompressionStream: () => new CompressionStream('gzip'),
  DecompressionStream: () => new DecompressionStream('gzip'),
  File: () => new File([], 'a'),
  FormData: () => new FormData(),
  Headers: () => new Headers(),
  MessageChannel: () => {
    const channel = new MessageChannel()
    channel.port1.close()
    return channel
  },
  PerformanceObserver: () => new PerformanceObserver(() => undefined),
  ReadableStream: () => new ReadableStream(),
  Request: () => new Request('http://127.0.0.1'),
  Response: () => new Response(''),
  TransformStream: () => new TransformStream(),
  WritableStream: () => new WritableStream(),
}

test.each([...globalClasses])('%s is refused in the words that the editor shows', name => {
  expect(refusalOf(makers[name]?.())).toEqual(handleWords(name))
})

const weak: Readonly<Record<string, object>> = {
  FinalizationRegistry: new FinalizationRegistry(() => undefined),
  WeakMap: new WeakMap(),
  WeakRef: new WeakRef({}),
  WeakSet: new WeakSet(),
}

test.each([...weakClasses])('%s likewise', name => {
  expect(refusalOf(weak[name])).toEqual(refusalWords[name])
})

test('generators likewise', () => {
  expect(refusalOf((function* () {})())).toEqual(refusalWords['generator'])
  expect(refusalOf((async function* () {})())).toEqual(refusalWords['generator'])
})

const ofNode: readonly (readonly [name: string, make: () => object])[] = [
  ['ChildProcess', () => spawn(process.execPath, ['-e', '0'])],
  ['Cipheriv', () => crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12))],
  ['ECDH', () => crypto.createECDH('secp256k1')],
  ['Gzip', () => zlib.createGzip()],
  ['Hash', () => crypto.createHash('sha256')],
  ['Hmac', () => crypto.createHmac('sha256', 'x')],
  ['Interface', () => readline.createInterface({ input: new stream.PassThrough() })],
  ['PassThrough', () => new stream.PassThrough()],
  ['ReadStream', () => fs.createReadStream(import.meta.filename).destroy()],
  ['Script', () => new vm.Script('1')],
  ['Server', () => net.createServer()],
  ['Server', () => http.createServer()],
  ['Sign', () => crypto.createSign('sha256')],
  ['Socket', () => new net.Socket()],
  ['Socket', () => dgram.createSocket('udp4').close()],
  ['Timeout', () => setTimeout(() => undefined, 0)],
  ['Immediate', () => setImmediate(() => undefined)],
  ['Worker', () => new Worker('', { eval: true })],
]

test.each(ofNode)('a %s of Node’s likewise', (name, make) => {
  expect(refusalOf(make())).toEqual(nodeWords(name))
})

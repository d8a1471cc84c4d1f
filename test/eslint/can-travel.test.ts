import { RuleTester } from 'eslint'
import { describe, it } from 'vitest'
import { handleWords, nodeWords, refusalWords, textWords, type Words } from '../../lib/closure/words.ts'
import { canTravel } from '../../lib/eslint/can-travel.ts'

RuleTester.describe = describe
RuleTester.it = it
RuleTester.itOnly = it.only

/** In a line: names of tests. */
const named = <Case extends { readonly code: string }>(one: Case) => ({ ...one, name: one.code.replace(/\n+/g, '; ') })

const tester = new RuleTester({ languageOptions: { ecmaVersion: 'latest', sourceType: 'module' } })

const said = (path: string, { why, hint }: Words) => ({ message: `${path}: ${why}. ${hint}` })
const weakMap = refusalWords['WeakMap'] as Words
const generator = refusalWords['generator'] as Words

/** A capture of `it`, made by an expression, in a call of `mp`. */
const captured = (made: string, before = ''): string =>
  `import { mp } from 'picloud'\n${before}\nconst it = ${made}\nmp.call(() => it)`

/** A call of `callee` with a function that captures a WeakMap. */
const handed = (before: string, callee: string): string => `${before}\nconst it = new WeakMap()\n${callee}(() => it)`

const submitting: readonly (readonly [before: string, callee: string])[] = [
  ["import cloud from 'picloud'", 'cloud.call'],
  ["import cloud from 'picloud'", 'cloud.map'],
  ["import cloud from 'picloud'", 'cloud.cron.register'],
  ["import cloud from 'picloud'", 'cloud.rest.publish'],
  ["import cloud from 'picloud'", 'cloud.mp.call'],
  ["import cloud from 'picloud'", "cloud.with({ label: 'x' }).call"],
  ["import cloud from 'picloud'", 'cloud?.mp?.map'],
  ["import cloud from 'picloud'", "cloud['call']"],
  ["import { mp } from 'picloud'", 'mp.map'],
  ["import { mp as local } from 'picloud'", 'local.call'],
  ["import mp from 'picloud/mp'", 'mp.call'],
  ["import * as picloud from 'picloud'", 'picloud.default.call'],
  ["import * as picloud from 'picloud'", 'picloud.mp.call'],
  ["import { connect } from 'picloud'\nconst mine = connect({ workers: 2 })", 'mine.call'],
  ["import cloud from 'picloud'\nconst { mp } = cloud", 'mp.call'],
  ["import cloud from 'picloud'\nconst { mp: { map: spread } } = cloud", 'spread'],
  ["import { mp } from 'picloud'\nconst nightly = mp.with({ retries: 2 })", 'nightly.map'],
  ["const cloud = require('picloud').default", 'cloud.call'],
  ["const { default: cloud } = await import('picloud')", 'cloud.call'],
  ["const { mp } = await import('picloud')", 'mp.call'],
  ["const picloud = await import('picloud')", 'picloud.mp.call'],
  ["const cloud = (await import('picloud')).default", 'cloud.cron.register'],
  ['', ";(await import('picloud')).mp.map"],
  ["import cloud from 'picloud'\nconst { call } = cloud.mp", 'call'],
  ["import cloud from 'picloud'\nconst { call: run = other } = cloud.mp", 'run'],
  ["import cloud from 'picloud'\nconst { 'map': spread } = cloud.with({ retries: 1 })", 'spread'],
  ["import cloud from 'picloud'\nconst { register } = cloud.cron", 'register'],
  ["import cloud from 'picloud'\nconst { cron: { register }, rest: { publish } } = cloud", 'publish'],
  ["import cloud from 'picloud'\nconst mine = cloud, { call } = mine", 'call'],
  ["import cloud from 'picloud'\nlet mine\nmine = cloud.mp", 'mine.call'],
  ["import cloud from 'picloud'\nawait using mine = cloud.connect({ workers: 1 })", 'mine.rest.publish'],
  ["import { connect } from 'picloud'\nconst { call } = connect()", 'call'],
  ["import cloud from 'picloud'\nconst pool = cloud.mp.pool()", 'pool.imapUnordered'],
  ["import cloud from 'picloud'", 'cloud.pool().apply'],
  ["import cloud from 'picloud'", ';(0, cloud.call)'],
  [
    "import { createRequire } from 'node:module'\nconst need = createRequire(import.meta.url)",
    "need('picloud').mp.call",
  ],
]

const notSubmitting: readonly (readonly [before: string, callee: string])[] = [
  ["import cloud from 'elsewhere'", 'cloud.call'],
  ["const { mp } = await import('elsewhere')", 'mp.call'],
  ['const { mp } = await import(name)', 'mp.call'],
  ["import cloud from 'picloud'", 'cloud.ref'],
  ["import cloud from 'picloud'", 'cloud.pool().close'],
  ["import cloud from 'picloud'\nlet mine\nmine ||= cloud", 'mine.call'],
  ["import cloud from 'picloud'\nlet mine;\n[mine] = cloud", 'mine.call'],
  ["import cloud from 'picloud'", 'cloud.call.apply'],
  ["import { job } from 'picloud'", 'job.call'],
  ["import cloud from 'picloud'\nlet mine = cloud\nmine = other", 'mine.call'],
  ["import cloud from 'picloud'\n{ let cloud = other; cloud.call(() => it) }", 'other.call'],
  ['', 'list.map'],
]

const made: readonly (readonly [text: string, words: Words, before?: string])[] = [
  ['new WeakMap()', weakMap],
  ['new WeakSet()', refusalWords['WeakSet'] as Words],
  ['new WeakRef({})', refusalWords['WeakRef'] as Words],
  ['new FinalizationRegistry(() => 1)', refusalWords['FinalizationRegistry'] as Words],
  ['new AbortController()', handleWords('AbortController')],
  ['setTimeout(() => 1, 10)', nodeWords('Timeout')],
  ['setInterval(() => 1, 10)', nodeWords('Timeout')],
  ['new Socket()', nodeWords('Socket'), "import { Socket } from 'node:net'"],
  ['new net.Socket()', nodeWords('Socket'), "import net from 'net'"],
  ['net.createServer()', nodeWords('Server'), "import * as net from 'node:net'"],
  ['createServer()', nodeWords('Server'), "import { createServer } from 'node:http'"],
  ['createServer()', nodeWords('Server'), "const { createServer } = require('node:http')"],
  ['fs.createReadStream("x")', nodeWords('ReadStream'), "import fs from 'node:fs'"],
  ['new PassThrough()', nodeWords('PassThrough'), "import { PassThrough } from 'node:stream'"],
  ["createHash('md5')", nodeWords('Hash'), "import { createHash } from 'node:crypto'"],
  ['items()', generator, 'function* items() { yield 1 }'],
  ['items()', generator, 'async function* items() { yield 1 }'],
  ['items()', generator, 'const items = function* () { yield 1 }'],
]

const uncertain: readonly (readonly [text: string, before?: string])[] = [
  ['new Map()'],
  ['new WeakMap()', 'class WeakMap {}'],
  ['setTimeout(10)', "import { setTimeout } from 'node:timers/promises'"],
  ['createServer()', 'const createServer = () => ({})'],
  ["createHash('md5')", "import { createHash } from './hashes.js'"],
  ["createHash('md5').update('x').digest()", "import { createHash } from 'node:crypto'"],
  ['items()', 'function* items() {}\nitems = other'],
  ['[...items()]', 'function* items() {}'],
  ['new EventEmitter()', "import { EventEmitter } from 'node:events'"],
  ['itself'],
]

tester.run('what hands a function over', canTravel, {
  valid: notSubmitting.map(([before, callee]) => named({ code: handed(before, callee) })),
  invalid: submitting.map(([before, callee]) =>
    named({ code: handed(before, callee), errors: [said('(anonymous) → it', weakMap)] }),
  ),
})

tester.run('what is captured', canTravel, {
  valid: uncertain.map(([text, before]) => named({ code: captured(text, before) })),
  invalid: made.map(([text, words, before]) =>
    named({ code: captured(text, before), errors: [said('(anonymous) → it', words)] }),
  ),
})

const start = "import { mp } from 'picloud'\n"

tester.run('where it is captured', canTravel, {
  valid: [
    `${start}mp.call(() => { const it = new WeakMap(); return it.get({}) })`,
    `${start}let it = new WeakMap()\nit = new Map()\nmp.call(() => it.size)`,
    `${start}const it = new WeakMap()\nmp.call(it => it, 1)`,
    `${start}const it = new WeakMap()\nmp.call(() => 1, it.get({}))`,
    `${start}const it = new WeakMap()\nconst other = () => it\nother()\nmp.call(() => 1)`,
    `${start}const { it } = { it: new WeakMap() }\nmp.call(() => it)`,
    `${start}mp.call(unknown)`,
    `${start}mp.call(...given)`,
    `const it = new WeakMap()\nimport('elsewhere').then(({ mp }) => mp.call(() => it))`,
    `const it = new WeakMap()\nimport('picloud').then(null, ({ mp }) => mp.call(() => it))`,
  ],
  invalid: [
    {
      code: `${start}const cache = new WeakMap()\nfunction find(key) { return cache.get(key) }\nmp.map(find, [1])`,
      errors: [{ ...said('find → cache', weakMap), line: 3, column: 29, endColumn: 34 }],
    },
    {
      code: `${start}const cache = new WeakMap()\nconst find = key => cache.get(key)\nmp.call(() => find({}))\nmp.call(find)`,
      errors: [said('(anonymous) → find → cache', weakMap)],
    },
    {
      code: `${start}const cache = new WeakMap()\nconst a = n => n ? b(n - 1) : 0, b = n => a(n) + cache.has(n)\nmp.call(a, 1)`,
      errors: [said('a → b → cache', weakMap)],
    },
    {
      code: `${start}const cache = new WeakMap()\nmp.call(async function later() { for (const key of [1]) { await (() => cache)() } })`,
      errors: [said('later → cache', weakMap)],
    },
    {
      code: `const it = new WeakMap()\nimport('picloud').then(({ mp }) => mp.call(() => it))`,
      errors: [said('(anonymous) → it', weakMap)],
    },
    {
      code: `const it = new WeakMap()\nimport('picloud').then(picloud => picloud.default.call(() => it))`,
      errors: [said('(anonymous) → it', weakMap)],
    },
  ],
})

tester.run('text that can’t stand alone', canTravel, {
  valid: [
    `${start}class A extends B { m() { mp.call(() => this.x) } }`,
    `${start}mp.call(() => { class A extends B { #x = 1; m() { return super.m() + this.#x } } return new A() })`,
    `${start}mp.call(() => ({ m() { return super.m() } }))`,
    `${start}class A extends B { m() { return mp.call(() => super.m()) } }`,
    `${start}class A { #x = 1; m() { return mp.call(() => this.#x) } }`,
    `${start}class A { #x = 1; static has(a) { return mp.call(function (b) { return #x in b }, a) } }`,
    `${start}mp.call(() => class A extends B { constructor() { super() } })`,
  ],
  invalid: [
    {
      code: `${start}class A extends B { constructor() { mp.call(() => super()) } }`,
      errors: [said('(anonymous)', textWords.superCall)],
    },
  ],
})

import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import * as path from 'node:path'
import { decode, encode } from 'fast-png'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Cloud } from '../../lib/index.ts'
import { Account, entriesMade } from './ledger.ts'

/** Functions with everything that they can capture. Told once; nothing here knows where they run. */
export function tellClosureStories(open: () => Promise<Cloud> | Cloud): void {
  test('composite: a closure with everything in it, and its state', async () => {
    await using cloud = await open()
    const { composite, count, savings } = everything()
    const made = Account.opened
    const jids = await cloud.map(composite, [5, 5])
    for (const result of await cloud.result(jids)) {
      const { back, ...told } = result
      expect(told).toEqual({
        imports: [path.join('a', 'b'), createHash('sha1').update('x').digest('hex'), [1, 2, 3, 4]],
        ledger: [112, true, true, made, 1],
        shared: [1, 2, 2],
        classes: ['savings<112>', 107, true, 'savings<112>'],
        values: [true, true, true, 0, 8, true],
        functions: [[1, 2, 3], 'a|b5', 5, 'composite', ['late', 'late']],
      })
      expect(back).toBeInstanceOf(Account)
      expect(Account.same(back, savings)).toBe(false)
      expect(back.balance).toBe(112)
    }
    expect([count(), savings.balance, entriesMade(), Account.opened]).toEqual([0, 107, 0, made])
  })

  test('an app of a package’s, with its private fields and the routes that it was given', async () => {
    await using cloud = await open()
    let asked = 0
    const app = new Hono().get('/hi/:name', context => context.text(`hi ${context.req.param('name')}, ${++asked}`))
    const ask = async (name: string): Promise<string> => (await app.request(`/hi/${name}`)).text()
    const jids = await cloud.map(ask, ['ann', 'bob'])
    expect(await cloud.result(jids)).toEqual(['hi ann, 1', 'hi bob, 1'])
    expect(await ask('here')).toBe('hi here, 1')
  })

  test('a file that a function names by its place', async () => {
    await using cloud = await open()
    const reads = (): readonly unknown[] => [
      readFileSync(new URL('./note.txt', import.meta.url), 'utf8'),
      existsSync(import.meta.filename),
    ]
    const jids = await cloud.map((times: number) => JSON.stringify(reads()).repeat(times), [1, 2])
    expect(await cloud.result(jids)).toEqual(['["a note\\n",false]', '["a note\\n",false]'.repeat(2)])
  })

  test('composite: instances as arguments, and an error of a class that was sent', async () => {
    await using cloud = await open()
    class Overdrawn extends RangeError {
      override readonly name = 'Overdrawn'
      readonly account: Account
      constructor(account: Account) {
        super(`only ${account.balance} left`)
        this.account = account
      }
    }
    const withdraw = (account: Account, amount: number): Account => {
      if (amount > account.balance) throw new Overdrawn(account)
      return account.pay(-amount)
    }
    const account = new Account(10)
    const left = await cloud.result(await cloud.call(withdraw, account, 4))
    expect([left instanceof Account, left.balance, account.balance]).toEqual([true, 6, 10])
    await expect(cloud.result(await cloud.call(withdraw, account, 40))).rejects.toMatchObject({
      code: 'exception',
      message: expect.stringContaining('only 10 left'),
    })
  })

  test('composite: a stack names this file, also that of a function which was an argument', async () => {
    await using cloud = await open()
    const fails = (): never => {
      throw new TypeError('from the argument')
    }
    const jid = await cloud.call((fn: () => never) => fn(), fails)
    const failure: unknown = await cloud.result(jid).catch((error: unknown) => error)
    const { cause } = failure as { readonly cause: Error }
    expect(cause).toBeInstanceOf(TypeError)
    const [, first, second] = cause.stack?.split('\n') ?? []
    expect(first).toMatch(/^ +at fails \(file:.*\/closure-stories\.ts:\d+:\d+\)$/)
    expect(second).toMatch(/file:.*\/closure-stories\.ts:\d+:\d+\)?$/)
  })
}

function everything() {
  const mark = Symbol('mark')
  let n = 0
  const up = (): number => ++n
  const count = (): number => n
  const table = new Map<unknown, unknown>([[mark, { v: 1 }]])
  table.set('self', table)
  class Savings extends Account {
    #rate = 107
    get label(): string {
      return `savings<${this.balance}>`
    }
    rate(): number {
      return this.#rate
    }
    lexical(): () => string {
      return () => [1].map(() => this.label).join()
    }
  }
  const savings = new Savings(107)
  const lexical = savings.lexical()
  function* numbers(): Generator<number> {
    yield 1
    yield* [2, 3]
  }
  async function* ticks(): AsyncGenerator<number> {
    for (const tick of numbers()) yield await tick
  }
  const tag = (parts: TemplateStringsArray, ...values: unknown[]): string => parts.raw.join('|') + values.join()
  const holder = {
    [mark]: mark,
    when: new Date(0),
    frozen: Object.freeze([1]),
    n: 4,
    get twice(): number {
      return 2 * this.n
    },
  }
  const { max } = Math
  const bound = function (this: string, also: string): string[] {
    return [String(this), also]
  }.bind('late', 'late')
  const composite = async (x: number) => {
    const ticked: number[] = []
    for await (const tick of ticks()) ticked.push(tick)
    const paid = savings.pay(x)
    const pixel = decode(encode({ width: 1, height: 1, channels: 4, data: Uint8Array.of(1, 2, 3, 4) }))
    return {
      imports: [path.join('a', 'b'), createHash('sha1').update('x').digest('hex'), [...pixel.data]],
      ledger: [paid.balance, paid instanceof Account, Account.same(paid, savings), Account.opened, entriesMade()],
      shared: [up(), up(), count()],
      classes: [savings.label, savings.rate(), savings instanceof Savings, lexical()],
      values: [
        table.get('self') === table,
        table.has(mark),
        holder[mark] === mark,
        holder.when.getTime(),
        holder.twice,
        Object.isFrozen(holder.frozen),
      ],
      functions: [ticked, tag`a${x}b`, max(1, x), composite.name, bound()],
      back: new Account(paid.balance),
    }
  }
  return { composite, count, savings }
}

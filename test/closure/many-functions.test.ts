import { Session } from 'node:inspector'
import { syncBuiltinESMExports } from 'node:module'
import v8 from 'node:v8'
import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { prepare } from '../../lib/closure/revive/revive.ts'
import { Work } from './work.ts'

type Link = () => unknown

const host = { hostModule: () => undefined, module: () => undefined }
function revived(fn: Function): () => unknown {
  const { bundle, hash } = capture(fn)
  const opened = openBundle(bundle)
  return prepare(opened.code, hash, host).instantiate(opened).value as () => unknown
}

/** How many links a chain has, from the one that is given on. */
function lengthOf(chain: unknown): number {
  let count = 0
  for (let link = chain; typeof link === 'function' && count < 1e6; link = (link as Link)()) count++
  return count
}

const makers: Record<string, (count: number) => Link> = {
  'functions that each capture the one before': count => {
    let chain: Link = () => 'end'
    for (let index = 1; index < count; index++) {
      const next = chain
      chain = () => next
    }
    return chain
  },
  'functions that each capture an object that holds the one before': count => {
    let holder: { link: Link } = { link: () => 'end' }
    for (let index = 1; index < count; index++) {
      const next = holder
      holder = { link: () => next.link }
    }
    return holder.link
  },
  'methods of objects that each capture the object before': count => {
    let holder = {
      link(): unknown {
        return 'end'
      },
    }
    for (let index = 1; index < count; index++) {
      const next = holder
      holder = {
        link() {
          return next.link
        },
      }
    }
    return () => holder.link
  },
}

/** How many questions V8 is asked while something is done. */
function questionsOf(act: () => unknown): number {
  let questions = 0
  const { post } = Session.prototype
  Session.prototype.post = function (...args: unknown[]) {
    questions++
    return Reflect.apply(post, this, args) as undefined
  }
  try {
    act()
  } finally {
    Session.prototype.post = post
  }
  return questions
}

describe('twice as many take twice', () => {
  test('the questions to V8: pairs of functions with a counter of their own', () => {
    const pairs = (count: number): (() => unknown) => {
      const all = Array.from({ length: count }, () => {
        let calls = 0
        return [() => ++calls, () => calls] as const
      })
      return () => all.map(([up, read]) => up() + read())
    }
    // What the first one learns of the heap the second finds to be outdated.
    const [, half = 0, whole = 0] = [100, 100, 200].map(count => questionsOf(() => capture(pairs(count))))
    expect(half).toBeGreaterThan(200)
    expect(whole / half).toBeLessThan(2.2)
    expect(revived(pairs(100))()).toEqual(new Array(100).fill(2))
  })

  test('the questions to V8: functions at the top of one file, which are few however many these are', async () => {
    const counted = async (count: number): Promise<number> => {
      const names = Array.from({ length: count }, (_, index) => `f${index}`)
      const lines = names.map((name, index) => {
        const before = index === 0 ? '0' : `f${index - 1}()`
        return index % 2 === 0 ? `const ${name} = () => ${before} + 1` : `function ${name}() { return ${before} + 1 }`
      })
      const text = `${lines.join('\n')}\nlet other = f0\nexport const all = () => [${names.join()}, other]`
      const { all } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { all: () => unknown }
      const questions = questionsOf(() => capture(all))
      expect((revived(all)() as (() => number)[]).map(fn => fn())).toEqual([...names.map((_, at) => at + 1), 1])
      return questions
    }
    expect(await counted(100)).toBeLessThan(100)
    expect(await counted(200)).toBeLessThan(100)
  })

  test('snapshots of the heap: one for all that is asked of a capture', () => {
    const generators = (count: number): (() => unknown) => {
      const all = Array.from({ length: count }, () => {
        let calls = 0
        const up = function* (step = Object(1)) {
          calls += Number(step)
          yield calls
        }
        const read = function* (also = Object(0)) {
          yield calls + Number(also)
        }
        return [up, read] as const
      })
      return () => all.map(([up, read]) => [...up(), ...read()])
    }
    let snapshots = 0
    const { getHeapSnapshot } = v8
    v8.getHeapSnapshot = options => {
      snapshots++
      return getHeapSnapshot(options)
    }
    syncBuiltinESMExports()
    try {
      capture(generators(5))
    } finally {
      v8.getHeapSnapshot = getHeapSnapshot
      syncBuiltinESMExports()
    }
    expect(snapshots).toBe(1)
  })

  test.each(Object.entries(makers))('the work and the questions: %s', (_what, make) => {
    const work = new Work()
    const counted = (count: number): readonly [work: number, questions: number] => {
      const fn = make(count)
      let questions = 0
      return [
        work.of(() => {
          questions = questionsOf(() => capture(fn))
        }),
        questions,
      ]
    }
    counted(100)
    const [half, questionsOfHalf] = counted(200)
    const [whole, questionsOfWhole] = counted(400)
    expect(half).toBeGreaterThan(200)
    expect(whole / half).toBeLessThan(2.2)
    expect(questionsOfHalf).toBeGreaterThan(200)
    expect(questionsOfWhole / questionsOfHalf).toBeLessThan(2.2)
  })
})

describe('many travel', () => {
  const MANY = 20_000

  test('20,000 that each capture the one before', () => {
    const chain = revived((makers['functions that each capture the one before'] as (count: number) => Link)(MANY))
    expect(lengthOf(chain)).toBe(MANY)
  })

  test('a refusal at the end of thousands names the whole way', () => {
    const held = new WeakMap()
    let chain: Link = () => held
    for (let index = 1; index < 5_000; index++) {
      const next = chain
      chain = () => next
    }
    expect(() => capture(chain)).toThrow(expect.objectContaining({ path: expect.objectContaining({ length: 5_001 }) }))
  })

  test('4,000 classes, each extending the one before', () => {
    let Deep: abstract new () => object = class {
      kind = 'end'
    }
    for (let index = 1; index < 4_000; index++) Deep = class extends Deep {}
    const above = revived(() => Deep)() as object
    let count = 0
    for (let at = above; at !== Function.prototype; at = Object.getPrototypeOf(at) as object) count++
    expect(count).toBe(4_000)
  })
})

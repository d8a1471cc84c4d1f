import { Session } from 'node:inspector'
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
  'pairs of functions with a counter of their own': count => {
    const pairs = Array.from({ length: count }, () => {
      let calls = 0
      return [() => ++calls, () => calls] as const
    })
    return () => pairs.map(([up, read]) => up() + read())
  },
}

describe.each(Object.entries(makers))('%s', (_what, make) => {
  test('take twice the work where there are twice as many', () => {
    const work = new Work()
    let posts = 0
    const { post } = Session.prototype
    const counted = (count: number): readonly [work: number, posts: number] => {
      const fn = make(count)
      posts = 0
      Session.prototype.post = function (...args: unknown[]) {
        posts++
        return Reflect.apply(post, this, args) as undefined
      }
      try {
        return [work.of(() => capture(fn)), posts]
      } finally {
        Session.prototype.post = post
      }
    }
    counted(100)
    const [half, postsOfHalf] = counted(200)
    const [whole, postsOfWhole] = counted(400)
    expect(half).toBeGreaterThan(200)
    expect(whole / half).toBeLessThan(2.2)
    expect(postsOfHalf).toBeGreaterThan(200)
    expect(postsOfWhole / postsOfHalf).toBeLessThan(2.2)
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

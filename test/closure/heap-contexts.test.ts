import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { prepare } from '../../lib/closure/revive/revive.ts'
import { readHeapSnapshot } from '../../lib/closure/source/snapshot-reader.ts'
import { SnapshotStrings } from '../../lib/closure/source/snapshot-strings.ts'

describe('a snapshot of the heap', () => {
  test('has all objects, what they hold, and their names', () => {
    const marked = { 'a property that is nowhere else': ['an item that is nowhere else'] }
    const { ids, firstEdges, edgeNames, edgeTargets, edgeTypes, edgeTypeNames, nodeNames, strings } = readHeapSnapshot()
    expect(new Set(ids).size).toBe(ids.length)
    expect(firstEdges.at(-1)).toBe(edgeTargets.length)
    expect(edgeTargets.every(target => target < ids.length)).toBe(true)
    const name = strings.indexOf(Object.keys(marked)[0] as string) as number
    const edge = edgeNames.findIndex((it, at) => it === name && edgeTypeNames[edgeTypes[at] as number] === 'property')
    const list = edgeTargets[edge] as number
    const held = edgeTargets.subarray(firstEdges[list], firstEdges[list + 1])
    const item = strings.indexOf(marked['a property that is nowhere else'][0] as string)
    expect(item).toBeGreaterThan(0)
    expect([...held].map(object => nodeNames[object])).toContain(item)
    expect(strings.indexOf('a text that is in no heap'.split('').reverse().join(''))).toBeUndefined()
  })

  test('its strings are found wherever chunks of them end, with escapes and beyond ASCII', () => {
    const list = ['a', 'say \\"b\\"', 'back\\\\', 'z\\u00E4hler', '', 'last']
    const text = Buffer.from(`\n${list.map(it => `"${it}"`).join(',\n')}]}`)
    for (const size of [1, 2, 3, 7, text.length]) {
      const chunks: Buffer[] = []
      for (let at = 0; at < text.length; at += size) chunks.push(text.subarray(at, at + size))
      const strings = new SnapshotStrings(chunks)
      expect(['a', 'zähler', '', 'last', 'b', 'ast'].map(it => strings.indexOf(it))).toEqual([
        0,
        3,
        4,
        5,
        undefined,
        undefined,
      ])
    }
  })

  test('tells which variables are one, whatever their names', () => {
    const make = () => {
      let zähler = 0
      return [
        function* () {
          yield ++zähler
        },
        function* () {
          yield zähler
        },
      ] as const
    }
    const [up, read] = make()
    const [other] = make()
    const all = () => [...up(), ...other(), ...read(), ...up(), ...read()]
    const { bundle, hash } = capture(all)
    const opened = openBundle(bundle)
    const host = { hostModule: () => undefined, module: () => undefined }
    const revived = prepare(opened.code, hash, host).instantiate(opened).value as () => unknown
    expect(revived()).toEqual([1, 1, 1, 2, 2])
  })
})

test('no snapshot is taken of a heap beyond the limit: what needs one is refused by name', async () => {
  const child = fork(fileURLToPath(new URL('heap-limit-runner.ts', import.meta.url)), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const [{ outcomes }] = (await once(child, 'message')) as [{ outcomes: string[] }]
  expect(outcomes).toEqual(['(anonymous)', '(anonymous)', expect.stringContaining('as the heap is too large to look')])
})

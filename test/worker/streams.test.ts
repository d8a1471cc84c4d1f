import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameReader } from '../../lib/protocol/frame-reader.ts'
import { pack, unpack } from '../../lib/protocol/packed.ts'
import { nextTurn, takeBack, tryStart } from '../../lib/worker/child/turns.ts'
import { copyHeld, Done, DoneWriter, type Ended, encodeDone, sharedHold } from '../../lib/worker/frames/done-frame.ts'
import { decodeRun, encodeRun } from '../../lib/worker/frames/run-frame.ts'
import { frame, frameKind } from '../../lib/worker/frames/wire.ts'
import { OutputTail } from '../../lib/worker/output-tail.ts'
import { markOf, OutputMarks } from '../../lib/worker/process/output-marks.ts'

/** The bytes in pieces, cut wherever the numbers say. */
function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...new Set(cuts.map(each => each % (bytes.byteLength + 1)))].sort((a, b) => a - b)
  const pieces: Buffer[] = []
  let at = 0
  for (const to of [...ends, bytes.byteLength]) {
    if (to > at) pieces.push(Buffer.from(bytes.subarray(at, to)))
    at = Math.max(at, to)
  }
  return pieces
}

const bytes = fc.uint8Array({ maxLength: 40 })

test('frames come out as they went in, wherever the stream is cut', () => {
  const kinds = fc.constantFrom(frameKind.run, frameKind.done, frameKind.ask)
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, bytes)), fc.array(fc.nat()), (sent, cuts) => {
      const got: [number, number[]][] = []
      const reader = new FrameReader((kind, body) => got.push([kind, [...body]]))
      const stream = Buffer.concat(sent.map(([kind, body]) => frame(kind, body)))
      for (const piece of cut(stream, cuts)) reader.push(piece)
      expect(got).toEqual(sent.map(([kind, body]) => [kind, [...body]]))
    }),
  )
})

test('a batch comes out as it went in', () => {
  const rows = fc.array(bytes, { minLength: 1, maxLength: 5 })
  const group = fc.record({ jid: fc.maxSafeNat(), spec: fc.nat(), tries: fc.nat(), carriage: fc.nat(1), rows })
  fc.assert(
    fc.property(fc.nat(), fc.array(group), fc.nat(7), (sequence, groups, at) => {
      const sent = encodeRun(
        sequence,
        groups.map(({ rows, ...rest }) => ({ ...rest, args: pack(rows) })),
      )
      // Wherever it begins in what was read.
      const read = Buffer.concat([Buffer.alloc(at), sent]).subarray(at + 8)
      let next = sequence
      const expected = groups.map(({ rows, ...rest }) => {
        next += rows.length
        return { ...rest, sequence: next - rows.length, rows: rows.map(row => [...row]) }
      })
      const got = decodeRun(read).map(({ args, ...rest }) => ({
        ...rest,
        rows: Array.from(args.ends, (_, index) => [...unpack(args, index)]),
      }))
      expect(got).toEqual(expected)
    }),
  )
})

/** All that a frame of ends says. */
function read(frame: Buffer | undefined) {
  const done = new Done((frame as Buffer).subarray(8))
  return { used: done.used, ended: Array.from({ length: done.count }, (_, index) => done.ended(index)) }
}

const used = { cpuUser: 1, cpuSystem: 2, memory: 3 }
const ended = (sequence: number, size = 3): Ended => ({
  sequence,
  ending: 0,
  carriage: 0,
  marks: 2,
  started: 1.5,
  took: 2.5,
  payload: new Uint8Array(size).fill(sequence),
})

test('ends of jobs come out as they went in, and the other thread sees those that are held', () => {
  const hold = sharedHold()
  const writer = new DoneWriter(hold)
  expect(copyHeld(hold)).toBeUndefined()
  expect([writer.add(ended(1)), writer.add(ended(2, 0))]).toEqual([true, true])
  expect(read(copyHeld(hold)).ended).toEqual([ended(1), ended(2, 0)])
  expect(read(writer.take(used))).toEqual({ used, ended: [ended(1), ended(2, 0)] })
  expect(copyHeld(hold)).toBeUndefined()
})

test('an end that does not fit is refused, and goes by itself', () => {
  const writer = new DoneWriter(sharedHold())
  const large = ended(1, 70_000)
  expect(writer.add(large)).toBe(false)
  expect(read(encodeDone(large, used))).toEqual({ used, ended: [large] })
})

test('an end that does not follow those that are held is refused until they are taken', () => {
  const writer = new DoneWriter(sharedHold())
  expect([writer.add(ended(1)), writer.add(ended(3)), writer.add(ended(2))]).toEqual([true, false, true])
  expect(read(writer.take(used)).ended).toEqual([ended(1), ended(2)])
  expect(writer.add(ended(7))).toBe(true)
  expect(read(writer.take(used)).ended).toEqual([ended(7)])
})

test('as many ends are held as there is room for, of jobs and of bytes', () => {
  const writer = new DoneWriter(sharedHold())
  let held = 0
  while (writer.add(ended(held, 0))) held++
  expect(held).toBe(1_024)
  expect(read(writer.take(used)).ended).toHaveLength(1_024)
  expect([writer.add(ended(1, 65_535)), writer.add(ended(2, 2)), writer.add(ended(2, 1))]).toEqual([true, false, true])
  expect(read(writer.take(used)).ended).toEqual([ended(1, 65_535), ended(2, 1)])
})

test('neighbours that returned and printed nothing are told together', () => {
  const writer = new DoneWriter(sharedHold())
  for (const [sequence, marks, ending] of [
    [4, 0, 0],
    [5, 0, 0],
    [6, 1, 0],
    [7, 0, 1],
  ] as const) {
    writer.add({ ...ended(sequence), marks, ending })
  }
  const done = new Done(writer.take(used).subarray(8))
  expect([done.arePlain(0, 2), done.arePlain(1, 2), done.arePlain(3, 1)]).toEqual([true, false, false])
  const payloads = done.payloads(1, 2)
  expect([unpack(payloads, 0), unpack(payloads, 1)]).toEqual([ended(5).payload, ended(6).payload])
  expect([done.startedAt(2), done.tookAt(2), done.took]).toEqual([1.5, 2.5, 10])
})

test('a job is started or taken back, never both', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('start', 'take')), steps => {
      const words = new Int32Array(new SharedArrayBuffer(8))
      const started: number[] = []
      const back: number[] = []
      const last = 9
      let next = 0
      for (const step of steps) {
        if (step === 'start' && next <= last) {
          if (tryStart(words, next)) started.push(next)
          next++
        } else if (step === 'take') {
          for (let each = takeBack(words, last); each <= last; each++) back.push(each)
        }
      }
      expect(started.filter(each => back.includes(each))).toEqual([])
      for (let each = 0; each < next; each++) expect(started.includes(each) || back.includes(each)).toBe(true)
      expect(nextTurn(words)).toBe(back.length > 0 ? last + 1 : started.length)
    }),
  )
})

const token = '\u0000abcdef012345'

test('marks are cut out of the output, wherever it is cut, and nothing else is', () => {
  const part = fc.oneof(
    fc.record({ text: fc.string({ unit: fc.constantFrom('a', '\u0000', 'abc', token.slice(0, 5), 'e') }) }),
    fc.record({ mark: fc.nat(0xffff), kind: fc.constantFrom('begin' as const, 'end' as const) }),
  )
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.nat()), (parts, cuts) => {
      let got = ''
      const marks = new OutputMarks(token, {
        text: chunk => {
          got += chunk.toString('latin1')
        },
        mark: (kind, sequence) => {
          got += `<${kind} ${sequence}>`
        },
      })
      const sent = parts.map(each => ('text' in each ? each.text : markOf(token, each.kind, each.mark)))
      for (const piece of cut(Buffer.from(sent.join(''), 'latin1'), cuts)) marks.push(piece)
      marks.end()
      expect(got).toBe(parts.map(each => ('text' in each ? each.text : `<${each.kind} ${each.mark}>`)).join(''))
    }),
  )
})

test.each([
  ['nothing', '', '', 0],
  ['less than the limit', 'abc', 'abc', 0],
  ['exactly the limit', 'abcde', 'abcde', 0],
  ['one more', 'abcdef', 'bcdef', 1],
  ['wide characters', 'äöüßéè', 'öüßéè', 1],
  ['a pair that would be cut in two', 'x👋abcd', 'abcd', 3],
])('of %s the tail is kept', (_what, text, kept, dropped) => {
  const tail = new OutputTail(5)
  for (const byte of Buffer.from(text)) tail.push(Buffer.of(byte))
  expect(tail.read()).toEqual({ text: kept, dropped })
})

test('a tail of much output never holds much', () => {
  const tail = new OutputTail(1_000)
  const block = Buffer.alloc(64 * 1024, 'y')
  for (let index = 0; index < 100; index++) tail.push(block)
  expect(tail.read()).toEqual({ text: 'y'.repeat(1_000), dropped: 100 * block.length - 1_000 })
})

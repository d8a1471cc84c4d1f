import { expect, test } from 'vitest'
import { CloudException } from '../../lib/protocol/errors.ts'
import { fakeCloud } from './fake-cloud.ts'
import { FakeEngine } from './fake-engine.ts'

const double = (x: number): number => 2 * x

test('of calls made together each is refused by itself, whatever it was sent with', async () => {
  const engine = new FakeEngine()
  const asked: string[][] = []
  engine.refuses = ({ submissions }) => {
    const labels = submissions.map(({ options }) => options.label ?? '')
    asked.push(labels)
    const refused = labels.find(label => label.startsWith('bad'))
    return refused && new CloudException(`The service takes no ${refused}.`, { code: 'unknown-job', jid: 7 })
  }
  const cloud = fakeCloud(engine)
  const labels = ['a', 'bad 1', 'b', 'c', 'd', 'bad 2', 'e']
  const ends = await Promise.allSettled(labels.map(label => cloud.with({ label }).call(double, 1)))
  expect(ends.map(end => (end.status === 'fulfilled' ? 'taken' : (end.reason as Error).message))).toEqual(
    labels.map(label => (label.startsWith('bad') ? `The service takes no ${label}.` : 'taken')),
  )
  const taken = [...engine.jobs.values()].sort((one, other) => one.jid - other.jid)
  expect(taken.map(({ jid, submission }) => [jid, submission.options.label])).toEqual(
    labels.map((label, index) => [index + 1, label]).filter(([, label]) => !String(label).startsWith('bad')),
  )
  expect(asked[0]).toEqual(labels)
})

test.each(['unauthorized', 'forbidden', 'deadlock'] as const)(
  'what is refused as %s is refused for all calls at once',
  async code => {
    const engine = new FakeEngine()
    let requests = 0
    engine.refuses = () => {
      requests++
      return new CloudException('Not you.', { code })
    }
    const cloud = fakeCloud(engine)
    const ends = await Promise.allSettled(['a', 'b', 'c'].map(label => cloud.with({ label }).call(double, 1)))
    expect(ends.map(end => end.status === 'rejected' && (end.reason as CloudException).code)).toEqual([
      code,
      code,
      code,
    ])
    expect(requests).toBe(1)
  },
)

import { describe, expect, inject, test } from 'vitest'
import { connect, job } from '../../lib/index.ts'

const deployment = inject('deployment')

/** Milliseconds: a lease, the emulator's pauses, and as much again for a busy machine. */
const PATIENCE = 240_000

/** The first try takes its executor along, as a machine that dies does; a later one says which it is. */
async function killsItsMachineOnce(): Promise<number | undefined> {
  if (job?.attempt === 1) {
    process.kill(process.ppid, 'SIGKILL')
    await new Promise(() => undefined)
  }
  return job?.attempt
}

const open = () => {
  const { url = '', key = '', secret = '' } = deployment ?? {}
  return connect({ url, key, secret })
}

// They wait for a lease to end, most of the time: side by side.
describe.skipIf(deployment === undefined).concurrent('executors that die while a job runs', () => {
  test('the job runs again elsewhere', { timeout: PATIENCE }, async () => {
    await using cloud = open()
    const jid = await cloud.call(killsItsMachineOnce)
    expect(await cloud.result(jid)).toBe(2)
    const { [Number(jid)]: info } = await cloud.info(jid, ['status', 'attempts'])
    expect(info).toEqual({ status: 'done', attempts: 2 })
  })

  test('a job that must not run twice is lost', { timeout: PATIENCE }, async () => {
    await using cloud = open()
    const jid = await cloud.with({ restartable: false }).call(killsItsMachineOnce)
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'lost' })
    expect(await cloud.status(jid)).toBe('error')
  })
})

// After those above: an executor takes several messages, and theirs take it along.
describe.skipIf(deployment === undefined)('executors that come to their end while a job runs', () => {
  test('a job that would outlive its executor shows what it prints, ends before, and is told why', {
    timeout: PATIENCE,
  }, async () => {
    await using cloud = open()
    const jid = await cloud.call(() => {
      console.log('on it')
      return new Promise(() => undefined)
    })
    const printed = async () => (await cloud.info(jid, ['stdout', 'status']))[Number(jid)]
    await expect
      .poll(printed, { timeout: PATIENCE, interval: 1_000 })
      .toEqual({ stdout: 'on it\n', status: 'processing' })
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'timeout' })
    const { [Number(jid)]: info } = await cloud.info(jid, ['status', 'attempts'])
    expect(info).toEqual({ status: 'error', attempts: 1 })
  })
})

/**
 * The story of a service: starts one on a free port, in a folder that is gone afterwards, and uses all that it has.
 * `--wait` also waits for the cron to fire by itself, which takes up to a minute.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { connect } from '../lib/index.ts'

const folder = await mkdtemp(join(tmpdir(), 'picloud-demo-'))
const program = fileURLToPath(new URL('../bin/picloud.ts', import.meta.url))
const service = spawn(execPath, [program, 'local', '--port', '0', '--data', join(folder, 'data')], {
  // A configuration of its own: yours stays as it is.
  env: { ...process.env, PICLOUD_CONFIG: join(folder, 'config.json'), PICLOUD_LOG_LEVEL: 'silent' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
process.once('SIGINT', () => service.kill('SIGTERM'))

/** Reads what the service says when it starts. */
async function started(): Promise<{ url: string; key: string; secret: string }> {
  let url = ''
  for await (const line of createInterface({ input: service.stdout })) {
    url ||= /answers at (\S+)/.exec(line)?.[1] ?? ''
    const [, key, secret] = /first key is (\d+), with the secret ([\w-]+)/.exec(line) ?? []
    if (key !== undefined && secret !== undefined) return { url, key, secret }
  }
  throw new Error('The service did not start.')
}

/** Words of a text. A job. */
const countWords = (text: string): number => text.split(/\s+/).length

/** Adds two numbers. */
function add(a: number, b = 1): number {
  return a + b
}

try {
  const { url, key, secret } = await started()
  console.log(`A service answers at ${url}; its data is in ${folder}.\n`)
  await using cloud = connect({ url, key, secret })

  const texts = ['one', 'one two', 'one two three']
  const counts = await cloud.with({ label: 'count' }).map(countWords, texts)
  const total = await cloud.with({ label: 'sum' }).call((each: number[]) => each.reduce(add, 0), cloud.ref(counts))
  console.log(`map     ${texts.length} jobs counted ${JSON.stringify(await cloud.result(counts))} words`)
  console.log(`reduce  a job that depends on them added them up: ${await cloud.result(total)}`)

  await cloud.cron.register(() => new Date().toISOString(), 'clock', '* * * * *')
  const { words, next } = await cloud.cron.info('clock')
  const byHand = await cloud.cron.manualRun('clock')
  console.log(
    `cron    “clock” runs ${words}, next at ${next[0]?.toISOString()}; by hand now: ${await cloud.result(byHand)}`,
  )
  if (argv.includes('--wait')) await untilFired()
  await cloud.cron.deregister('clock')

  await cloud.files.putf('3 4 5', 'numbers.txt')
  const squares = await cloud
    .call(async () => {
      const { default: inside } = await import('../lib/index.ts')
      let text = ''
      for await (const chunk of await inside.files.getf('numbers.txt')) text += String(chunk)
      await inside.files.putf(
        text.replace(/\d+/g, digits => String(Number(digits) ** 2)),
        'squares.txt',
      )
      return inside.files.list()
    })
    .result()
  let read = ''
  for await (const chunk of await cloud.files.getf('squares.txt')) read += String(chunk)
  console.log(`files   a job read numbers.txt and wrote squares.txt (“${read}”): ${squares.join(', ')}`)

  const address = await cloud.rest.publish(add, 'add')
  console.log(`rest    curl -d a=40 -d b=2 ${address}  →  ${await byCurl(address, `${key}:${secret}`)}`)

  const rows = await cloud.jobs()
  console.log(`\nAll of it were ${rows.reduce((sum, { jids }) => sum + jids.count, 0)} jobs:`)
  for (const { jids, status, label, function: name } of rows) {
    console.log(
      `  ${String(jids.first).padStart(4)}  ${status.padEnd(6)} ${(label ?? '').padEnd(6)} ${name || '(anonymous)'}`,
    )
  }

  async function untilFired(): Promise<void> {
    const { lastJid: before } = await cloud.cron.info('clock')
    for (;;) {
      const { lastJid } = await cloud.cron.info('clock')
      if (lastJid !== undefined && Number(lastJid) !== Number(before)) {
        console.log(`        and by the clock: ${await cloud.result(lastJid)}`)
        return
      }
      await new Promise(resolve => setTimeout(resolve, 500))
    }
  }
} finally {
  service.kill('SIGTERM')
  if (service.exitCode === null && service.signalCode === null) await once(service, 'exit')
  await rm(folder, { recursive: true, force: true })
}
console.log('\nThe service has stopped.')

/** As anybody would call it, or by fetch where there is no curl. */
async function byCurl(url: string, user: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('curl', ['-sS', '-u', user, '-d', 'a=40', '-d', 'b=2', url])
    return stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const authorization = `Basic ${Buffer.from(user).toString('base64')}`
    const body = new URLSearchParams({ a: '40', b: '2' })
    return `${await (await fetch(url, { method: 'POST', headers: { authorization }, body })).text()} (without curl)`
  }
}

import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readUserFile } from '../../lib/client/config/config-file.ts'
import { serviceOfItsOwn } from '../local/service.ts'

const run = promisify(execFile)

const outputOf = (name: string, ...args: string[]): string => spawnSync(name, args, { encoding: 'utf8' }).stdout ?? ''
// The option --json came with curl 7.82.
const hasCurl = outputOf('curl', '--help', 'all').includes('--json') && outputOf('bash', '--version') !== ''
if (!hasCurl && process.env['CI'] !== undefined)
  throw new Error('The transcripts of README.md and docs/http.md need curl and bash.')
if (!hasCurl) process.stderr.write('Skipped: the transcript of docs/http.md needs curl and bash.\n')

/** Stands between what the commands print. */
const BORDER = '\u001e'

interface Step {
  readonly command: string
  /** What it prints; `…` stands for anything. */
  readonly printed: string
}

function stepsOf(page: string): Step[] {
  const [, transcript = ''] = /```console\n(.*?)```/s.exec(page) ?? []
  return transcript
    .split(/^\$ /m)
    .filter(part => part !== '')
    .map(part => {
      const [command = '', ...lines] = part.trimEnd().split('\n')
      return { command, printed: lines.join('\n') }
    })
}

/** Matches what may have been printed. */
function like(printed: string): RegExp {
  return new RegExp(`^${printed.split('…').map(escaped).join('.*')}$`, 's')
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}

describe.skipIf(!hasCurl).each([
  ['README.md', 4],
  ['docs/http.md', 16],
])('%s, by curl', (page, least) => {
  let service: Awaited<ReturnType<typeof serviceOfItsOwn>>

  beforeAll(async () => {
    service = await serviceOfItsOwn({ workers: 1, args: ['--log', 'warn'] })
    await using cloud = service.client()
    await cloud.rest.publish((x: number, y: number) => x * y, 'multiply')
  })

  afterAll(() => service.close())

  test('every command prints what the page says', async () => {
    const steps = stepsOf(await readFile(new URL(`../../${page}`, import.meta.url), 'utf8'))
    expect(steps.length).toBeGreaterThanOrEqual(least)
    const { key, secret } = readUserFile(() => undefined, `${service.folder}/config.json`)
    const script = ['shopt -s expand_aliases', ...steps.flatMap(({ command }) => [command, `printf '${BORDER}'`])]
    const env = { ...process.env, KEY: String(key), SECRET: String(secret), URL: service.url }
    const { stdout } = await run('bash', ['-c', script.join('\n')], { env })
    const printed = stdout.split(BORDER)
    for (const [index, step] of steps.entries()) {
      expect(printed[index]?.trimEnd(), step.command).toMatch(like(step.printed))
    }
  })
})

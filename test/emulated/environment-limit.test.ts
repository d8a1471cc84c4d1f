import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { connect } from '../../lib/index.ts'
import { programWith, writeAddon } from '../local/native-addon.ts'
import { awsEnvironment } from './emulator/cdk.ts'
import { EXECUTOR_STORAGE } from './emulator/deployment.ts'

const deployment = inject('deployment')

/** Bytes of one environment: two are more than half of an executor's `/tmp`. */
const LARGE = Math.floor(0.3 * EXECUTOR_STORAGE) * 1024 ** 2
/** Jobs until one executor surely had both: there are four. */
const TURNS = 40

interface Seen {
  readonly executor: number
  /** Hashes of the environments that lie unpacked there. */
  readonly there: readonly string[]
}

const program = `const addon = require('native-addon')
const { readdirSync } = require('node:fs')
const { resolve } = require('node:path')
exports.look = () => {
  const [, root] = /^(.*)\\/[0-9a-f]{64}\\/node_modules\\/native-addon$/.exec(resolve(addon.folder))
  return { executor: process.ppid, there: readdirSync(root).filter(name => !name.startsWith('.')) }
}
`

describe.skipIf(deployment === undefined)('environments in the folder of an executor', () => {
  test('what was not used for longest goes where there is no room for both, and comes again', {
    timeout: 300_000,
  }, async () => {
    Object.assign(process.env, awsEnvironment(deployment?.endpoint ?? ''))
    await using cloud = connect({ url: `lambda:${deployment?.apiFunction}` })
    const folder = await mkdtemp(join(tmpdir(), 'picloud-limit-'))
    try {
      await mkdir(join(folder, 'program'))
      const { look } = await programWith<{ look(): Seen }>(join(folder, 'program'), 'program.cjs', program)
      const made = await Promise.all(
        ['one', 'two'].map(async version => {
          const addon = await writeAddon(join(folder, version), `1.0.0-${version}`)
          const manifest = { name: 'native-addon', version: `1.0.0-${version}`, main: 'index.js' }
          await writeFile(join(addon, 'package.json'), JSON.stringify(manifest))
          // Packs well, but not so well that npm takes it for an attack.
          await writeFile(join(addon, 'data'), Buffer.alloc(LARGE, randomBytes(16_384)))
          return await cloud.env.create(`limit-${randomBytes(4).toString('hex')}`, { packages: [addon] })
        }),
      )
      const had = new Map<number, Set<string>>()
      const hadAgain = new Set<number>()
      for (let turn = 0; turn < TURNS && hadAgain.size === 0; turn++) {
        const { name, hash } = made[turn % 2] as (typeof made)[number]
        const { executor, there } = await cloud.with({ env: name }).call(look).result()
        const large = made.map(one => one.hash).filter(one => there.includes(one))
        expect(large).toEqual([hash])
        const before = had.get(executor) ?? new Set()
        if (before.size === 2) hadAgain.add(executor)
        had.set(executor, before.add(hash))
      }
      expect(hadAgain.size).toBe(1)
      for (const { name } of made) await cloud.env.delete(name)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

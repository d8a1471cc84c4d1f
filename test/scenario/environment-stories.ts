import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Cloud } from '../../lib/index.ts'
import { programWith, writeAddon } from '../local/native-addon.ts'

interface Program {
  version(): string
  resolved(): string
}

const program = `const addon = require('native-addon')
exports.version = () => addon.version
exports.resolved = () => addon.resolve(addon.folder, './index.js')
`

/** What users do with environments of a service. Told once; nothing here knows which service it is. */
export function tellEnvironmentStories(open: () => Promise<Cloud> | Cloud): void {
  test('environments: installed, used by jobs, told, replaced, deleted', async () => {
    await using cloud = await open()
    const folder = await mkdtemp(join(tmpdir(), 'picloud-story-'))
    const name = `story-${randomBytes(4).toString('hex')}`
    const there = cloud.with({ env: name })
    try {
      await mkdir(join(folder, 'program'))
      const { version, resolved } = await programWith<Program>(join(folder, 'program'), 'program.cjs', program)
      await expect(there.call(version)).rejects.toMatchObject({ code: 'not-found' })
      const packages = [await writeAddon(join(folder, 'one'), '1.0.0')]
      const made = await cloud.env.create(name, { packages })
      expect(made).toMatchObject({ name, packages, log: expect.stringContaining('added 1 package') })
      expect(await cloud.env.info(name)).toEqual(made)
      expect(await cloud.env.list()).toContain(name)
      // Native code runs: it finds its own file.
      expect(await there.call(resolved).result()).toMatch(/[0-9a-f]{64}\/node_modules\/native-addon\/index\.js$/)
      expect(await there.map(version, [1, 2, 3]).result()).toEqual(['1.0.0', '1.0.0', '1.0.0'])
      const before = await cloud.call(() => new Promise<number>(() => undefined))
      const waiting = await cloud.with({ env: name, dependsOn: before, dependsOnErrors: 'ignore' }).call(version)
      await cloud.env.create(name, { packages: [await writeAddon(join(folder, 'two'), '2.0.0')] })
      expect(await there.call(version).result()).toBe('2.0.0')
      await cloud.env.delete(name)
      expect(await cloud.env.list()).not.toContain(name)
      await expect(there.call(version)).rejects.toMatchObject({ code: 'not-found' })
      await cloud.kill(before)
      expect(await cloud.result(waiting)).toBe('1.0.0')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
}

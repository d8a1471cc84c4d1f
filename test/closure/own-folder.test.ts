import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const parent = mkdtempSync(join(tmpdir(), 'picloud-own-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const module = fileURLToPath(new URL('../../lib/closure/revive/own-folder.ts', import.meta.url))

/** A process that makes a folder with something in it, prints its path and then does this. */
function makeIn(then = ''): string {
  const text = `import { writeFileSync } from 'node:fs'
import { makeOwnFolder } from ${JSON.stringify(module)}
const folder = makeOwnFolder('trial')
writeFileSync(folder + '/file', 'content')
console.log(folder)
${then}`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', text], {
    env: { ...process.env, TMPDIR: parent },
    encoding: 'utf8',
  })
  expect(stdout, stderr).toMatch(/picloud-trial-\d+-\w+\n$/)
  return stdout.trim()
}

test('it goes with its process', () => {
  expect(existsSync(makeIn())).toBe(false)
})

test('what a process left that was killed goes with the next; nobody else’s does', () => {
  const killed = makeIn("process.kill(process.pid, 'SIGKILL')")
  expect(readdirSync(killed)).toEqual(['file'])
  const others = [`picloud-trial-${process.pid}-abc`, 'picloud-trial-x', 'picloud-trial-0-a', 'picloud-other-999999-a']
  for (const name of others) {
    mkdirSync(join(parent, name))
    writeFileSync(join(parent, name, 'file'), '')
  }
  makeIn()
  expect(readdirSync(parent).sort()).toEqual(others.sort())
})

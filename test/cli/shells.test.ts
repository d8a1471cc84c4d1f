import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../bin/picloud.ts', import.meta.url))
const pressTab = fileURLToPath(new URL('press-tab.zsh', import.meta.url))
/** Zsh has the terminal that the others are tried on. */
const missing = ['zsh', 'bash', 'fish'].filter(shell => spawnSync(shell, ['--version']).status !== 0)
const why = `The completion of ${missing.join(' and ')} can’t be tried: install it.`
if (missing.length > 0 && process.env['CI'] !== undefined) throw new Error(why)
if (missing.length > 0) process.stderr.write(`Skipped: ${why}\n`)

let folder = ''
const inFolder = () => ({
  cwd: folder,
  timeout: 60_000,
  env: { PATH: `${folder}:${process.env['PATH']}`, HOME: folder, TERM: 'xterm' },
})

/** What each shell is told to complete by, twice, as who reads a start file again. */
const setups = {
  zsh: `autoload -Uz compinit; compinit -u -D
source <(picloud complete zsh); source <(picloud complete zsh)
show() { print -r -- "<$BUFFER>" }
zle -N show; bindkey '^X^L' show; print READY
`,
  bash: `source <(picloud complete bash); source <(picloud complete bash)
bind -x '"\\C-x\\C-l": printf "<%s>\\n" "$READLINE_LINE"'; echo READY
`,
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-shells-'))
  const start = `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`
  await writeFile(join(folder, 'picloud'), start, { mode: 0o755 })
  await writeFile(join(folder, 'train.ts'), '')
  for (const [shell, setup] of Object.entries(setups)) await writeFile(join(folder, `setup.${shell}`), setup)
})

afterAll(async () => rm(folder, { recursive: true }))

describe.skipIf(missing.length > 0).each(['zsh', 'bash'] as const)('the tab key in %s', shell => {
  test.each([
    ['a command', 'picloud stat', 'picloud status '],
    ['one within a group', 'picloud files sync-t', 'picloud files sync-to-cloud '],
    ['behind an option', 'picloud --json jo', 'picloud --json jo'],
    ['an option', 'picloud jobs --sta', 'picloud jobs --status '],
    ['its choices', 'picloud jobs --status proc', 'picloud jobs --status processing '],
    ['an argument’s choices', 'picloud config set resu', 'picloud config set resultCache '],
    ['a file', 'picloud run tra', 'picloud run train.ts '],
    ['a file behind an option', 'picloud map train.ts --items tra', 'picloud map train.ts --items train.ts '],
    ['no file where none is asked for', 'picloud kill tra', 'picloud kill tra'],
  ])('completes %s', async (_, typed, made) => {
    const { stdout } = await promisify(execFile)('zsh', ['-f', pressTab, shell, `setup.${shell}`, typed], inFolder())
    expect(stdout).toBe(`${made}\n`)
  })
})

// Zsh itself runs a command substitution that tab is pressed behind, whatever completes.
describe.skipIf(missing.length > 0)('the tab key in bash', () => {
  test.each(['$(touch ran)', '`touch ran`', '; touch ran; picloud sta', '"$(touch ran)'])(
    'runs nothing of %s',
    async typed => {
      const typing = ['-f', pressTab, 'bash', 'setup.bash', `picloud kill ${typed}`]
      await promisify(execFile)('zsh', typing, inFolder())
      expect(await readdir(folder)).not.toContain('ran')
    },
  )
})

describe.skipIf(missing.length > 0)('fish', () => {
  test.each([
    ['a command', 'picloud jo', ['jobs', 'join']],
    ['an option', 'picloud jobs --sta', ['--status']],
    ['an argument’s choices', 'picloud config set lo', ['logLevel']],
    ['a file', 'picloud run tra', ['train.ts']],
    ['no file where none is asked for', 'picloud kill tra', []],
  ])('completes %s', async (_, typed, offered) => {
    const script = 'picloud complete fish | source; complete -C $argv[1]'
    const { stdout, stderr } = await promisify(execFile)('fish', ['--no-config', '-c', script, typed], inFolder())
    const words = stdout.split('\n').map(line => line.split('\t')[0])
    expect([words.filter(word => word !== ''), stderr]).toEqual([offered, ''])
  })
})

import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { exitCode } from '../../lib/cli/exit-code.ts'
import { createProgram } from '../../lib/cli/program.ts'
import cloud from '../../lib/index.ts'
import { infoKeys } from '../../lib/protocol/info.ts'
import { statuses } from '../../lib/protocol/job.ts'
import { paths } from '../../lib/protocol/paths.ts'

const root = new URL('../../', import.meta.url)
const read = (name: string): Promise<string> => readFile(new URL(name, root), 'utf8')
const topics = readdirSync(new URL('docs/', root)).filter(name => name.endsWith('.md'))
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...topics.map(name => `docs/${name}`)]

test('the list of pages has them all', async () => {
  const text = await read('docs/README.md')
  expect(topics.filter(name => name !== 'README.md' && !text.includes(`](${name})`))).toEqual([])
})

test.each(pages)('the links of %s lead somewhere', async page => {
  const text = await read(page)
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to as string)
  for (const link of links.filter(to => !/^https?:/.test(to))) {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? new URL(page, root) : new URL(path, new URL(page, root))
    expect(existsSync(target), `${page} → ${link}`).toBe(true)
    if (anchor !== undefined) expect(anchorsOf(await readFile(target, 'utf8')), `${page} → ${link}`).toContain(anchor)
  }
})

test('api.md has every method, option, info key and status', async () => {
  const text = await read('docs/api.md')
  const names = [
    ...Object.keys(cloud.mp),
    'setkey',
    'startSimulator',
    'connect',
    ...optionNames(),
    ...infoKeys,
    ...statuses,
  ]
  expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
})

test('http.md has every route', async () => {
  const text = await read('docs/http.md')
  const shown = Object.values(paths).map(path => path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}'))
  expect(shown.filter(path => !text.includes(path))).toEqual([])
})

test('cli.md has every command and every exit code', async () => {
  const text = await read('docs/cli.md')
  const names = createProgram(() => async () => undefined).commands.map(command => command.name())
  expect(names.filter(name => !text.includes(`\`${name}`))).toEqual([])
  const codes = [...text.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
  expect(codes).toEqual(Object.values(exitCode))
})

/** The client names them all when it is given another. */
function optionNames(): readonly string[] {
  try {
    cloud.mp.with({ nothing: 1 } as never)
  } catch (error) {
    const [, list = ''] = /Options are: (.+)\.$/.exec((error as Error).message) ?? []
    return list.split(', ')
  }
  throw new Error('an unknown option was taken')
}

/** Of headings, as GitHub makes them. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

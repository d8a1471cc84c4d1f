import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const text = await readFile(new URL('ARCHITECTURE.md', root), 'utf8')
const section = text.slice(text.indexOf('## When something fails'), text.indexOf('## Dependencies'))
const rows = section.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| what fails'))
const sources = new Map<string, Promise<string>>()

function sourceOf(file: string): Promise<string> {
  const known = sources.get(file) ?? readFile(new URL(`test/${file}`, root), 'utf8')
  sources.set(file, known)
  return known
}

test('the failure table is there', () => {
  expect(rows.length).toBeGreaterThan(30)
})

test.each(rows)('%s', async row => {
  const [, file, name] = /\| `([\w/-]+\.test\.ts)`: (.+) \|$/.exec(row) ?? []
  expect(file, 'each row ends with `file`: name').toBeDefined()
  const source = await sourceOf(file as string)
  expect(source.includes(`'${name}'`) || source.includes(`\`${name}\``), `${file} has a test of that name`).toBe(true)
})

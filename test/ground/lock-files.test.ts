import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Lock {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>>
}

test.each(['package-lock.json', 'bench/package-lock.json'])(
  '%s names no address, and pins every package',
  async path => {
    const text = await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
    const packages = Object.entries((JSON.parse(text) as Lock).packages).filter(([name]) =>
      name.includes('node_modules/'),
    )
    expect(packages.length).toBeGreaterThan(5)
    expect(text).not.toContain('://registry')
    for (const [name, { resolved, integrity }] of packages) {
      expect(resolved, name).toBeUndefined()
      expect(integrity, name).toMatch(/^sha512-/)
    }
  },
)

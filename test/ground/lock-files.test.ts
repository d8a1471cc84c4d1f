import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly inBundle?: boolean
  readonly optional?: boolean
  readonly os?: readonly string[]
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

async function packagesOf(path: string): Promise<readonly (readonly [string, Locked])[]> {
  const text = await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
  const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Locked>> }
  return Object.entries(packages).filter(([name]) => name !== '')
}

describe.each(['package-lock.json', 'bench/package-lock.json'])('%s', path => {
  test('names no address', async () => {
    const packages = await packagesOf(path)
    expect(packages.length).toBeGreaterThan(5)
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })

  test('pins each package by its hash, but for binaries of platforms that a mirror lacked', async () => {
    // What lies in another package's archive is pinned by that one's hash.
    const packages = (await packagesOf(path)).filter(([, { inBundle }]) => inBundle !== true)
    const loose = packages.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))
    expect(loose.filter(([, { optional, os, version }]) => !(optional && os && version))).toEqual([])
    expect(
      loose.filter(([, { os }]) => os?.includes('linux')).filter(([name]) => /linux-(x64|arm64)-gnu$/.test(name)),
    ).toEqual([])
  })

  test('has the binaries of every platform, without which npm ci refuses it (scripts/complete-lock.mjs adds them)', async () => {
    const packages = await packagesOf(path)
    const locked = new Set(
      packages.map(([name]) => name.slice(name.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    )
    const wanted = packages.flatMap(([, { optionalDependencies = {} }]) => Object.keys(optionalDependencies))
    expect(wanted.filter(name => !locked.has(name))).toEqual([])
  })
})

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const bench = fileURLToPath(new URL('..', import.meta.url))

/** Brings the peers along, once: they are no dependencies of the project. */
export function installPeers(): void {
  const lock = readFileSync(`${bench}package-lock.json`, 'utf8')
  const installed = `${bench}node_modules/.package-lock.json`
  if (existsSync(installed) && sameVersions(lock, readFileSync(installed, 'utf8'))) return
  console.log('installing the peers …')
  execFileSync('npm', ['ci', '--prefix', bench, '--no-audit', '--no-fund'], { stdio: 'inherit' })
}

type Packages = Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>

function sameVersions(wanted: string, installed: string): boolean {
  const have = (JSON.parse(installed) as { packages: Packages }).packages
  const want = Object.entries((JSON.parse(wanted) as { packages: Packages }).packages)
  return want.every(([path, { version, optional }]) => path === '' || optional || have[path]?.version === version)
}

/** Name → version of each peer, for the record. */
export function peerVersions(): Readonly<Record<string, string>> {
  const names = Object.keys(JSON.parse(readFileSync(`${bench}package.json`, 'utf8')).dependencies)
  return Object.fromEntries(
    names.map(name => [name, JSON.parse(readFileSync(`${bench}node_modules/${name}/package.json`, 'utf8')).version]),
  )
}

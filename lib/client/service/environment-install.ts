import { spawn } from 'node:child_process'
import { open, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Platform } from '../../protocol/environments.ts'
import { CloudException } from '../../protocol/errors.ts'
import { MAX_INSTALL_LOG_CHARS } from '../../protocol/limits.ts'
import { endOfGroup } from './process-group.ts'

/** Characters of what npm said that stand in the message of a failure; all of it is its cause. */
const SHOWN_CHARS = 1_500

/** What npm is told besides the packages and their platform. Links to folders would lead nowhere on another machine. */
const flags = [
  '--no-save',
  '--no-package-lock',
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--omit=dev',
  '--install-links',
]

/**
 * Installs packages into an empty folder, for another platform than perhaps this one.
 * @returns what npm said
 * @throws {CloudException} `install-failed` with the last lines that npm said; all of them are in its cause
 */
export async function installPackages(
  folder: string,
  packages: readonly string[],
  platform: Platform,
  signal?: AbortSignal,
): Promise<string> {
  const { os, cpu, libc } = platform
  const target = ['--os', os, '--cpu', cpu, ...(libc === undefined ? [] : ['--libc', libc])]
  const args = ['install', '--prefix', folder, ...flags, ...target, '--', ...packages.map(specOf)]
  const npm = spawn('npm', args, {
    cwd: folder,
    env: { ...ownSettings(), NO_COLOR: '1', ...otherPlatform(platform) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ended, it leaves what it started to itself.
    detached: true,
  })
  let log = ''
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = `${log}${text}`.slice(-MAX_INSTALL_LOG_CHARS)
    })
  }
  const code = await endOfGroup(npm, signal).catch((cause: unknown) => {
    signal?.throwIfAborted()
    throw new CloudException('npm can’t be started here, and it installs the packages of environments.', {
      code: 'install-failed',
      cause,
    })
  })
  if (code !== 0) throw failed(packages, log)
  await refuseOtherBuilds(folder, platform)
  return log
}

/** A folder is relative to where the program runs, and npm runs elsewhere. */
function specOf(spec: string): string {
  const [, path] = /^(?:file:)?(\.{0,2}\/.*|\.{1,2})$/.exec(spec) ?? []
  return path === undefined ? spec : `file:${resolve(path)}`
}

/** `npm run` hands a project's settings on; which packages of that may run scripts says nothing of those of an environment. */
function ownSettings(): NodeJS.ProcessEnv {
  const isOfProject = (name: string): boolean => /^npm_config_(?:strict_)?allow_scripts$/i.test(name)
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOfProject(name)))
}

/** What install scripts ask who fetch a build. npm warns of these, so they are left out where they say nothing new. */
function otherPlatform({ os, cpu, libc }: Platform): Record<string, string> {
  if (os === process.platform && cpu === process.arch) return {}
  return { npm_config_platform: os, npm_config_arch: cpu, ...(libc !== undefined && { npm_config_libc: libc }) }
}

function failed(packages: readonly string[], log: string): CloudException {
  const shown = log.trim().slice(-SHOWN_CHARS)
  return new CloudException(`npm could not install ${packages.join(', ')}: ${shown}`, {
    code: 'install-failed',
    cause: new Error(log),
  })
}

/** Machines in the header of a file of Linux. */
const machines: Readonly<Record<string, number>> = { x64: 0x3e, arm64: 0xb7 }

/** What an install script compiled is for this machine, whatever was asked for. */
async function refuseOtherBuilds(folder: string, { os, cpu }: Platform): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!(entry.isFile() && entry.name.endsWith('.node') && entry.parentPath.endsWith('/build/Release'))) continue
    const path = join(entry.parentPath, entry.name)
    await using file = await open(path)
    const head = Buffer.alloc(20)
    await file.read(head, 0, head.byteLength, 0)
    if (isBuildFor(head, { os, cpu })) continue
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
    throw new CloudException(
      `${name ?? path} was compiled here, for another platform than the workers’ (${os}/${cpu}).`,
      {
        code: 'install-failed',
        hint: 'Take a version that comes with builds, or create the environment on a machine like theirs.',
      },
    )
  }
}

/** Told by the first 20 bytes of a shared library. Pure. */
export function isBuildFor(head: Buffer, { os, cpu }: Pick<Platform, 'os' | 'cpu'>): boolean {
  const isElf = head.readUInt32BE(0) === 0x7f454c46
  if (os !== 'linux') return !isElf
  return isElf && head.readUInt16LE(18) === machines[cpu]
}

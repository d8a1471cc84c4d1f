import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import process, { cwd, execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { CloudException } from '../../protocol/errors.ts'

/** The version of CDK's command that takes what CDK 2 makes: what the registry calls its latest does not. */
const CDK_VERSION = '2.1148.1'

export interface StackOptions {
  readonly stack: string
  /** Options of the construct, as JSON. */
  readonly options?: string | undefined
  /** What CDK's own command is told besides. */
  readonly more: readonly string[]
  /** Whether standard output is for one JSON document: then what CDK prints there goes to standard error. */
  readonly json?: boolean
}

/** What CDK's command is told to deploy or destroy the stack; `app` is the program that defines it. Pure. */
export function cdkArguments(
  what: 'deploy' | 'destroy',
  app: string,
  { stack, options, more }: StackOptions,
): string[] {
  const context = ['-c', `stack=${stack}`, ...(options === undefined ? [] : ['-c', `picloud=${options}`])]
  return [what, '--app', app, ...context, ...(what === 'destroy' ? ['--force'] : []), ...more]
}

/**
 * How CDK's command is told to start a program. Its shell takes quotes; its own reading of arguments takes away those that a value
 * begins and ends with, so that it may not begin with one. Pure.
 */
export function appCommand(...words: readonly string[]): string {
  return `exec ${words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ')}`
}

/**
 * Runs CDK's command, as it is installed in the user's project, on the terminal of this process.
 * @param signal ends it, and the program of the stack that it runs
 * @returns its exit code
 * @throws {CloudException} `invalid-argument` for options that are no JSON, `not-configured` where it, or what the stack is made of, is not installed, `aborted`
 */
export async function runCdk(what: 'deploy' | 'destroy', options: StackOptions, signal: AbortSignal): Promise<number> {
  refuseNoJson(options.options)
  const command = installed('aws-cdk/bin/cdk')
  installed('aws-cdk-lib/package.json')
  // In a group of its own it can be ended with all that it started. On a terminal it needs that of this process, to ask
  // questions there; Ctrl-C goes to the whole group then.
  const detached = process.stdin.isTTY !== true
  const child = spawn(execPath, [command, ...cdkArguments(what, appCommand(execPath, appFile()), options)], {
    stdio: ['inherit', options.json === true ? 2 : 'inherit', 'inherit'],
    detached,
  })
  const end = (): void => endProcess(child, detached)
  signal.addEventListener('abort', end)
  process.once('exit', end)
  try {
    if (signal.aborted) end()
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', code => resolve(code ?? 1))
    })
    if (signal.aborted) throw interrupted(what, options.stack)
    return code
  } finally {
    signal.removeEventListener('abort', end)
    process.off('exit', end)
  }
}

function endProcess({ pid }: ChildProcess, isGroup: boolean): void {
  if (pid === undefined) return
  try {
    process.kill(isGroup ? -pid : pid, 'SIGTERM')
  } catch {
    // It has ended.
  }
}

function interrupted(what: 'deploy' | 'destroy', stack: string): CloudException {
  return new CloudException(
    `The ${what} of ${stack} was interrupted: AWS goes on by itself with what it was told so far.`,
    {
      code: 'aborted',
      hint: `picloud ${what} again takes it from there; CDK waits until AWS is done.`,
    },
  )
}

function refuseNoJson(options: string | undefined): void {
  try {
    JSON.parse(options ?? '{}')
  } catch (cause) {
    throw new CloudException(`--options is no JSON: ${(cause as Error).message}.`, {
      code: 'invalid-argument',
      hint: 'As in --options \'{"endpoint":"function-url"}\'.',
      cause,
    })
  }
}

function installed(specifier: string): string {
  for (const from of [`${cwd()}/x.js`, import.meta.url]) {
    try {
      return createRequire(from).resolve(specifier)
    } catch {
      // The next place.
    }
  }
  throw new CloudException(`Deploying needs packages that are not installed here: ${specifier.split('/')[0]}.`, {
    code: 'not-configured',
    hint: `npm install aws-cdk-lib constructs aws-cdk@${CDK_VERSION}`,
  })
}

/** The stack's program, as source or as built. */
function appFile(): string {
  for (const name of ['../../../bin/app.ts', '../../bin/app.js']) {
    const file = fileURLToPath(new URL(name, import.meta.url))
    if (existsSync(file)) return file
  }
  throw new CloudException('The program of the stack is not in this package.', { code: 'internal' })
}

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildFunctions } from '../../../scripts/build-functions.ts'
import { type Deployment, deploy } from './deployment.ts'
import { startDynamoDbLocal } from './dynamodb-local.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Absent where Python or Java is: see `skipped`. */
    deployment: Deployment | undefined
    dynamoDbLocal: string | undefined
  }
}

/** Why these suites can't run here; undefined when they can. CI installs what they need, so that nothing is skipped there. */
function missing(): string | undefined {
  const needed = [
    {
      program: 'python3',
      args: ['-c', 'import sys, venv; assert sys.version_info >= (3, 10)'],
      what: 'Python 3.10 or later',
    },
    { program: 'java', args: ['-version'], what: 'Java 17 or later' },
  ]
  for (const { program, args, what } of needed) {
    try {
      execFileSync(program, args, { stdio: 'ignore' })
    } catch {
      return `test:aws needs ${what} (${program}).`
    }
  }
  return undefined
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const reason = missing()
  if (reason !== undefined) {
    if (process.env['CI'] !== undefined) throw new Error(reason)
    process.stderr.write(`Skipped: ${reason}\n`)
    project.provide('deployment', undefined)
    project.provide('dynamoDbLocal', undefined)
    return undefined
  }
  const undo = new AsyncDisposableStack()
  try {
    const folder = await mkdtemp(join(tmpdir(), 'picloud-dynamodb-'))
    undo.defer(() => rm(folder, { recursive: true, force: true }))
    const tables = undo.use(await startDynamoDbLocal(folder))
    project.provide('dynamoDbLocal', tables.endpoint)
    await buildFunctions()
    const { [Symbol.asyncDispose]: end, ...deployment } = await deploy()
    undo.defer(() => end())
    project.provide('deployment', deployment)
  } catch (error) {
    await undo.disposeAsync()
    throw error
  }
  return () => undo.disposeAsync()
}

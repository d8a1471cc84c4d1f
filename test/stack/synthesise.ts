import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App, Stack } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { afterAll } from 'vitest'
import { functionNames } from '../../lib/aws/environment.ts'
import { PiCloud, type PiCloudProps } from '../../lib/stack/index.ts'

// Where each construct was made, for messages that no test reads: more than half of the time that synthesising takes.
process.env['CDK_DISABLE_STACK_TRACE'] = '1'

/** Bundles for templates, which don't look into them. */
const bundles = mkdtempSync(join(tmpdir(), 'picloud-bundles-'))
for (const name of functionNames) {
  mkdirSync(join(bundles, name))
  writeFileSync(join(bundles, name, 'index.js'), `export const handler = () => '${name}'\n`)
}
/** Of what was synthesised: CDK keeps nothing of it by itself. */
let count = 0
afterAll(() => rmSync(bundles, { recursive: true, force: true }))

export interface Resource {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON whose shape each resource type has for itself
  readonly Properties: any
  readonly DeletionPolicy?: string
}

export interface Synthesised {
  readonly app: App
  readonly cloud: PiCloud
  readonly template: Template
  /** All resources of a type, by logical id. */
  of(type: string): Record<string, Resource>
  /** The only resource of a type whose logical id begins so. */
  one(type: string, start: string): Resource
}

export function synthesise(props: PiCloudProps = {}): Synthesised {
  const app = new App({ outdir: join(bundles, `cdk.out-${++count}`) })
  const stack = new Stack(app, 'Stack')
  const cloud = new PiCloud(stack, 'PiCloud', { bundles, ...props })
  const template = Template.fromStack(stack)
  const of = (type: string): Record<string, Resource> => template.findResources(type) as Record<string, Resource>
  const one = (type: string, start: string): Resource => {
    const found = Object.entries(of(type)).filter(([id]) => id.startsWith(start))
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} begin with ${start}, not one.`)
    return (found[0] as [string, Resource])[1]
  }
  return { app, cloud, template, of, one }
}

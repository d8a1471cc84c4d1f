import { App, Stack } from 'aws-cdk-lib'
import { PiCloud, type PiCloudProps } from '../lib/stack/index.ts'

/** Options come by context: `cdk deploy -c stack=NAME -c picloud='{"endpoint":"function-url"}'`. */
const app = new App()
const name: string = app.node.tryGetContext('stack') ?? 'PiCloud'
const given: PiCloudProps | string | undefined = app.node.tryGetContext('picloud')
const options: PiCloudProps | undefined = typeof given === 'string' ? JSON.parse(given) : given
const stack = new Stack(app, name, { description: 'PiCloud: write a function, call it, and it runs here' })
new PiCloud(stack, 'PiCloud', options)

import { mp } from '../../lib/index.ts'

// A program's first call, and what it asked V8's inspector for.

const { Session } = process.getBuiltinModule('node:inspector')
const asked: string[] = []
const { post } = Session.prototype
Session.prototype.post = function (this: InstanceType<typeof Session>, ...args: unknown[]) {
  asked.push(String(args[0]))
  return Reflect.apply(post, this, args) as undefined
}
const result = await mp.call(x => 3 * x, 2).result()
console.log(JSON.stringify({ result, asked: [...new Set(asked)] }))

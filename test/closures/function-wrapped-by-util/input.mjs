import { exec, execFile } from 'node:child_process'
import fs from 'node:fs'
import { callbackify, debuglog, promisify } from 'node:util'

class Store {
  #items = new Map([['a', 1]])
  get(key, done) {
    setImmediate(done, null, this.#items.get(key))
  }
}
const store = new Store()
let calls = 0
function twice(x, done) {
  calls++
  setImmediate(done, null, x * 2)
}
twice.unit = 'mm'
const later = promisify(twice)
later.extra = { later }
const back = callbackify(async (a, b) => a + b)
const log = debuglog('picloud-case')
const held = {
  get: promisify(store.get).bind(store),
  bound: promisify(store.get.bind(store)),
  read: promisify(fs.read),
  exec: promisify(exec),
  execFile: promisify(execFile),
  wait: promisify(setTimeout),
  exists: promisify(fs.exists),
  realpath: promisify(fs.realpath),
  again: promisify(callbackify(async x => x + 1)),
}
Object.defineProperty(later, 'name', { value: 'later', configurable: true })
const frozen = Object.freeze(promisify(twice))
export default async () => {
  const file = await fs.promises.open('/dev/null')
  const { bytesRead } = await held.read(file.fd, Buffer.alloc(1), 0, 1, 0)
  await file.close()
  return [
    await later(2),
    calls,
    [later.name, later.length, later.unit, later.extra.later === later, promisify(later) === later],
    await new Promise(resolve => back(1, 2, (error, sum) => resolve([error, sum]))),
    [back.name, back.length],
    [log.enabled, log('x') === undefined, log.name],
    [await held.get('a'), await held.bound('a'), held.bound.name],
    bytesRead,
    (await held.exec('echo hi')).stdout,
    (await held.execFile('echo', ['ho'])).stdout,
    await held.wait(1, 'waited'),
    await held.exists('/dev/null'),
    [await held.realpath('/dev/../dev/null'), held.realpath.native === fs.realpath.native],
    await held.again(1),
    [Object.isFrozen(frozen), await frozen(4), frozen.prototype === twice.prototype],
  ]
}

import { Session } from 'node:inspector'
import { runInThisContext } from 'node:vm'
import { afterAll, expect, test, vi } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'

class Greeter {
  name = 'Ada'
  greeting() {
    return () => `hello ${this.name}`
  }
}

const posted: string[] = []
const { prototype } = Session as unknown as { prototype: { post(method: string, ...rest: unknown[]): void } }
const { post } = prototype
prototype.post = function (method, ...rest) {
  posted.push(method)
  post.call(this, method, ...rest)
}
afterAll(() => {
  prototype.post = post
})

const timesOf = (method: string): number => posted.filter(each => each === method).length
const isOff = (): boolean => timesOf('Debugger.enable') === timesOf('Debugger.disable')

test('captures that follow each other find the debugger on, which is off when they are over', async () => {
  const greeter = new Greeter()
  capture(greeter.greeting())
  // One alone leaves it off.
  expect([timesOf('Debugger.enable') > 0, isOff()]).toEqual([true, true])
  posted.length = 0
  let held = 0
  for (let count = 0; count < 250; count++) {
    capture(greeter.greeting())
    if (!isOff()) held++
  }
  expect(timesOf('Debugger.setBreakpointOnFunctionCall')).toBe(250)
  expect(timesOf('Debugger.enable')).toBeLessThan(50)
  expect(held).toBeGreaterThan(200)
  // A program of the user's does not stop for it.
  expect(runInThisContext('debugger; 1')).toBe(1)
  await vi.waitFor(() => expect(isOff()).toBe(true))
})

test('captures that stop nothing leave it off', () => {
  posted.length = 0
  for (let count = 0; count < 20; count++) capture(new Function(`return () => ${count}`)() as Function)
  expect([timesOf('Debugger.enable') > 0, isOff()]).toEqual([true, true])
})

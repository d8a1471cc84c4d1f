import { Stream } from 'node:stream'
import { types } from 'node:util'
import { constructorOf } from '../../value/encode-class.ts'
import type { WireReference } from '../bundle-format.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { lookInside } from '../source/inspector.ts'

/** The streams of `process` are behind getters. They are the receiver's own, under whatever name they are held. */

const streams = ['stdin', 'stdout', 'stderr'] as const

/** Of an object below a class. Asks for a stream only where it may be one: the first who does opens it. */
export function standardStream(object: object, prototype: object): WireReference | undefined {
  const name = streams.find((_, fd) => mayBe(object, prototype, fd)) && streams.find(key => streamOf(key) === object)
  return name && ['builtin', 'node:process', name]
}

/** In a worker thread they have no number, but classes of their own. */
function mayBe(object: object, prototype: object, fd: number): boolean {
  if (types.isProxy(object) || !isBelowStream(prototype)) return false
  const slot = Object.getOwnPropertyDescriptor(object, 'fd')
  return slot === undefined ? isOfWorker(prototype) : slot.value === fd
}

function isBelowStream(prototype: object): boolean {
  for (let at: object | null = prototype; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (types.isProxy(at)) return false
    if (at === Stream.prototype) return true
  }
  return false
}

/** A program may have put a getter of its own there. */
function streamOf(name: (typeof streams)[number]): unknown {
  const slot = Object.getOwnPropertyDescriptor(process, name)
  if (slot?.get === undefined) return slot?.value
  return isOfNode(slot.get) ? Reflect.apply(slot.get, process, []) : undefined
}

function isOfWorker(prototype: object): boolean {
  const maker = constructorOf(prototype)
  const name: unknown = maker && Object.getOwnPropertyDescriptor(maker, 'name')?.value
  return name === 'WritableWorkerStdio' || name === 'ReadableWorkerStdio'
}

function isOfNode(get: () => unknown): boolean {
  const { location } = lookInside(get)
  return location !== undefined && scriptFacts(location.scriptId)?.url.startsWith('node:') === true
}

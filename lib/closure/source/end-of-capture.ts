import { stopDebugging } from './debugged-scripts.ts'
import { letRemotesGo } from './inspector.ts'
import { withinCapture } from './within-capture.ts'

/** Captures that follow each other without a turn of the event loop between them, after which remote objects are let go. */
const CAPTURES_KEPT = 8
// The user's tests may put another one in its place.
const { setImmediate } = globalThis
let captures = 0

/** Makes one capture of all that are done within: what was seen in one holds in the next, as nothing of the program's runs. */
export function asOneCapture<T>(work: () => T): T {
  withinCapture.parts++
  try {
    return work()
  } finally {
    withinCapture.parts--
    releaseRemotes()
  }
}

/**
 * Lets go of every remote object that was asked for, at the end of the turn: who captures the same function again and
 * again finds it there. Called once at the end of each capture.
 */
export function releaseRemotes(): void {
  if (withinCapture.parts > 0) return stopDebugging()
  withinCapture.end()
  stopDebugging()
  captures++
  if (captures >= CAPTURES_KEPT) letGo()
  else if (captures === 1) setImmediate(letGo).unref()
}

function letGo(): void {
  captures = 0
  letRemotesGo()
}

import { open, post } from './inspector.ts'

/**
 * What V8's debugger knows of scripts. It is on only while one is asked for: it makes every other question three times slower.
 * To turn it on takes 10 ms and more, as it announces every script that is alive: who stops functions in one capture after
 * the other finds it on.
 */

/** Captures that stop functions are of one series as long as no more time passes between two of them, in ms. */
const SERIES_MS = 100
/** Captures of a series after which the debugger is turned off, so that it forgets scripts that are gone. */
const MAX_SERIES = 100

/** What the debugger knows of a script without its text. */
export interface ScriptFacts {
  readonly scriptId: string
  readonly url: string
  readonly isModule: boolean
  /** Where V8 counts its text from, 0 where nobody said otherwise: Vite so hides the wrapper that it puts around. */
  readonly startLine: number
  readonly startColumn: number
}

const scripts = new Map<string, ScriptFacts>()
/** Texts that are known without the debugger, until they are asked for. */
const sources = new Map<string, string>()
let debugging = false
let listening = false
// The user's tests may put others in their place.
const { setTimeout, clearTimeout } = globalThis
const now = performance.now.bind(performance)
/** When a function was stopped in this capture, and when the last capture ended that did so: 0 for never. */
let stoppedAt = 0
let endedAt = Number.NEGATIVE_INFINITY
/** Captures of the series that is under way, and what ends it. */
let series = 0
let later: NodeJS.Timeout | undefined

export function startDebugging(): void {
  if (debugging) return
  debugging = true
  // Enabling announces every living script again.
  scripts.clear()
  sources.clear()
  listen()
  post('Debugger.enable')
}

function listen(): void {
  if (listening) return
  listening = true
  open().on('Debugger.scriptParsed', ({ params }) => {
    const { scriptId, url, isModule = false, startLine, startColumn } = params
    scripts.set(scriptId, { scriptId, url, isModule, startLine, startColumn })
  })
}

/** To be called by who stops a function. */
export function noteStop(): void {
  stoppedAt = now()
}

/** Called at the end of each capture. */
export function stopDebugging(): void {
  if (!debugging) return
  const isOfSeries = stoppedAt > 0 && stoppedAt - endedAt < SERIES_MS
  if (stoppedAt > 0) endedAt = now()
  stoppedAt = 0
  if (isOfSeries && series++ < MAX_SERIES) {
    later ??= setTimeout(endSeries, SERIES_MS).unref()
  } else if (later === undefined || series >= MAX_SERIES) disable()
}

function endSeries(): void {
  later = undefined
  if (now() - endedAt < SERIES_MS) later = setTimeout(endSeries, SERIES_MS).unref()
  else disable()
}

function disable(): void {
  if (later !== undefined) clearTimeout(later)
  later = undefined
  series = 0
  debugging = false
  post('Debugger.disable')
}

/** Takes in what is known of a script, so that the debugger need not be asked. */
export function noteScript({ source, ...facts }: ScriptFacts & { readonly source: string }): void {
  scripts.set(facts.scriptId, facts)
  sources.set(facts.scriptId, source)
}

export const isNoted = (scriptId: string): boolean => scripts.has(scriptId)

/** The executed text of a script and what is known of it; undefined when V8 has let it go. */
export function scriptFacts(scriptId: string): ScriptFacts | undefined {
  const known = scripts.get(scriptId)
  if (known !== undefined) return known
  startDebugging()
  return scripts.get(scriptId)
}

/** The id of the script of a URL; undefined where none was loaded. */
export function scriptIdOf(url: string): string | undefined {
  startDebugging()
  return scripts.values().find(script => script.url === url)?.scriptId
}

export function scriptSource(scriptId: string): string {
  const known = sources.get(scriptId)
  sources.delete(scriptId)
  if (known !== undefined) return known
  startDebugging()
  return post<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId }).scriptSource
}

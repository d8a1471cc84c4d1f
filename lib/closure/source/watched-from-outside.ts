import { readdirSync, readFileSync } from 'node:fs'

/** True when a debugger outside of this process is attached or may attach: pausing would really pause. */
export function watchedFromOutside(): boolean {
  if (process.getBuiltinModule('node:inspector').url() !== undefined) return true
  if (process.getBuiltinModule('node:worker_threads').isMainThread) return false
  // A debugger that is attached to the process may look at its threads too, and these are not told.
  return wasStartedForIt() || listensForIt()
}

function wasStartedForIt(): boolean {
  const { NODE_OPTIONS, VSCODE_INSPECTOR_OPTIONS } = process.env
  const flags = [...process.execArgv, NODE_OPTIONS ?? ''].join(' ')
  return /(?:^|\s|["'])--inspect/.test(flags) || VSCODE_INSPECTOR_OPTIONS !== undefined
}

/** Opened at run time: Node's thread for it has a name. Linux tells names of threads. */
function listensForIt(): boolean {
  if (process.platform !== 'linux') return false
  const folder = '/proc/self/task'
  try {
    return readdirSync(folder).some(task => readFileSync(`${folder}/${task}/comm`, 'utf8').startsWith('InspectorIo'))
  } catch {
    // A thread ended meanwhile, or the system hides them.
    return true
  }
}

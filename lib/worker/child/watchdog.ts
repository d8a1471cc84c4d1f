const script = import.meta.url.endsWith('.ts') ? './watchdog-thread.ts' : './watchdog-thread.js'

/** What both threads of a child see. */
export interface Shared {
  /** Whose turn it is: see turns. */
  readonly words: Int32Array
  /** The ends of jobs that wait for a write. */
  readonly hold: SharedArrayBuffer
}

/**
 * A thread that listens to the parent while user code keeps the main thread busy: it takes back jobs that have not
 * started, and ends the process group when the parent is gone, however it went.
 */
export function startWatchdog(shared: Shared): void {
  // Loaded here, as the parent is told before that this process is ready.
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  const thread = new Worker(new URL(script, import.meta.url), {
    workerData: shared,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 },
  })
  thread.unref()
}

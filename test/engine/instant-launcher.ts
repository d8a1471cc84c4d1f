import type { Launch, Launcher, Outcome, Reports, Work } from '../../lib/engine/ports/launcher.ts'

type End = Pick<Outcome, 'status' | 'code' | 'payload'> | undefined

/** Runs jobs by calling a function in this process. Undefined: the job goes on until it is killed. */
export function instantLauncher(run: (work: Work, offset: number) => End, room = 64): Launcher & { launched: number } {
  let busy = 0
  // All that was launched in one turn of the event loop ends in one, as what a batch of messages brings.
  let batch: (() => void)[] = []
  const soon = (callback: () => void): void => {
    batch.push(callback)
    if (batch.length > 1) return
    setImmediate(() => {
      const all = batch
      batch = []
      for (const one of all) one()
      for (const listener of listeners) listener()
    })
  }
  const listeners: (() => void)[] = []
  const launcher = {
    launched: 0,
    get wanted() {
      return room - busy
    },
    onWanted(listener: () => void) {
      listeners.push(listener)
    },
    launch(work: Work, reports: Reports): Launch {
      launcher.launched++
      busy += work.jobs.length
      const open = new Set<number>()
      let end = (): void => undefined
      const done = new Promise<void>(resolve => {
        end = resolve
      })
      const report = (outcomes: Outcome[]): void => {
        busy -= outcomes.length
        reports.finished(outcomes)
        if (open.size === 0) end()
      }
      soon(() => {
        const now = Date.now()
        reports.started(
          work.jobs.map(job => job.offset),
          now,
        )
        const outcomes: Outcome[] = []
        for (const { offset } of work.jobs) {
          const result = run(work, offset)
          if (result === undefined) open.add(offset)
          else outcomes.push({ offset, ...result, usage: usageAt(now) })
        }
        if (outcomes.length > 0) report(outcomes)
      })
      return {
        done,
        kill(offset) {
          if (!open.delete(offset)) return
          soon(() =>
            report([
              { offset, status: 'killed', code: 'killed', payload: new Uint8Array(), usage: usageAt(Date.now()) },
            ]),
          )
        },
        abandon() {
          busy -= open.size
          open.clear()
          end()
        },
      }
    },
    async close() {},
  }
  return launcher
}

function usageAt(now: number) {
  return { started: now, finished: now + 0.5, cpuUser: 100, cpuSystem: 50, memory: 1e6 }
}

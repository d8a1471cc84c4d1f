import type { Base } from '../../../lib/aws/base.ts'
import type { JobStore } from '../../../lib/engine/ports/job-store.ts'

/** Where a process kills itself. */
export interface Death {
  readonly port: 'store' | 'jobs' | 'control'
  readonly verb: string
  /** The verb's work is done, and nobody hears of it. Default: it never began. */
  readonly after?: boolean
  /** Only calls that store the end of a job count, as a process may claim jobs in several. Default: all. */
  readonly ofEnds?: boolean
}

/** Ports as a process has them that ends at this point as a machine does: without a word. */
export function dying(death: Death): (ports: Base) => Base {
  let calls = 0
  const counts = (name: string | symbol, [params]: readonly unknown[]): boolean =>
    name === death.verb && (death.ofEnds !== true || storesEnd(params as Parameters<JobStore['putRuns']>[0]))
  return ports => {
    const port = new Proxy<object>(ports[death.port], {
      get(target, name) {
        const verb: unknown = Reflect.get(target, name)
        if (typeof verb !== 'function') return verb
        return async (...given: unknown[]) => {
          const isLast = counts(name, given) && ++calls === 1
          if (isLast && death.after !== true) await die()
          const answer: unknown = await verb.apply(target, given)
          if (isLast) await die()
          return answer
        }
      },
    })
    return { ...ports, [death.port]: port }
  }
}

function storesEnd({ puts }: Parameters<JobStore['putRuns']>[0]): boolean {
  return puts.some(({ run }) => run.phase === 'finished')
}

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

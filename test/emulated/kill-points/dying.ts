import type { Base } from '../../../lib/aws/base.ts'

/** Where a process kills itself. */
export interface Death {
  readonly port: 'store' | 'jobs' | 'control'
  readonly verb: string
  /** The verb's work is done, and nobody hears of it. Default: it never began. */
  readonly after?: boolean
  /** Which call of the verb. Default: the first. */
  readonly nth?: number
}

/** Ports as a process has them that ends at this point as a machine does: without a word. */
export function dying(death: Death): (ports: Base) => Base {
  let calls = 0
  return ports => {
    const port = new Proxy<object>(ports[death.port], {
      get(target, name) {
        const verb: unknown = Reflect.get(target, name)
        if (typeof verb !== 'function') return verb
        return async (...given: unknown[]) => {
          const isLast = name === death.verb && ++calls === (death.nth ?? 1)
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

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}

import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Cloud, connect } from '../../lib/index.ts'
import { serviceOfItsOwn } from '../local/service.ts'

/** A way of running: the same stories are told on each. Nothing below this file asks where it runs. */
export interface Way {
  readonly name: string
  /** How many jobs it runs at once, at the least. */
  readonly workers: number
  /** Only stories that were marked `everywhere`: those that a service which bills and takes its time is asked too. */
  readonly chosen?: true
  open(): Promise<Opened> | Opened
}

/** A client, and what ends it and all that was started for it. */
export interface Opened {
  readonly cloud: Cloud
  close(): Promise<unknown>
}

export const ways: readonly Way[] = [
  {
    name: 'mp',
    workers: 2,
    open() {
      const cloud = connect({ workers: 2 })
      return { cloud, close: () => cloud.close() }
    },
  },
  {
    name: 'the local service',
    workers: 2,
    async open() {
      const service = await serviceOfItsOwn({ workers: 2 })
      const cloud = service.client()
      return {
        cloud,
        async close() {
          await cloud.close()
          await service.close()
        },
      }
    },
  },
]

export interface StoryOptions {
  /** Told also where stories are few and slow. */
  readonly everywhere?: true
}

export type Story = (title: string, options: StoryOptions, tell: (cloud: Cloud) => Promise<void>) => void

/** Stories that share one client; each way runs them all. */
export function scenario(title: string, stories: (story: Story, way: Way) => void): void {
  describe.each(ways)(`${title}, on $name`, way => {
    let opened: Opened | undefined
    beforeAll(async () => {
      opened = await way.open()
    })
    afterAll(async () => {
      await opened?.close()
    })
    stories((name, { everywhere }, tell) => {
      test.skipIf(way.chosen && !everywhere)(name, () => tell((opened as Opened).cloud))
    }, way)
  })
}

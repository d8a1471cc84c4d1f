import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Cloud, connect } from '../../lib/index.ts'

/** A way of running: the same stories are told on each. Nothing below this file asks where it runs. */
export interface Way {
  readonly name: string
  /** How many jobs it runs at once, at the least. */
  readonly workers: number
  /** Only stories that were marked `everywhere`: those that a service which bills and takes its time is asked too. */
  readonly chosen?: true
  open(): Promise<Cloud> | Cloud
}

export const ways: readonly Way[] = [{ name: 'mp', workers: 2, open: () => connect({ workers: 2 }) }]

export interface StoryOptions {
  /** Told also where stories are few and slow. */
  readonly everywhere?: true
}

export type Story = (title: string, options: StoryOptions, tell: (cloud: Cloud) => Promise<void>) => void

/** Stories that share one client; each way runs them all. */
export function scenario(title: string, stories: (story: Story, way: Way) => void): void {
  describe.each(ways)(`${title}, on $name`, way => {
    let cloud: Cloud | undefined
    beforeAll(async () => {
      cloud = await way.open()
    })
    afterAll(async () => {
      await cloud?.close()
    })
    stories((name, { everywhere }, tell) => {
      test.skipIf(way.chosen && !everywhere)(name, () => tell(cloud as Cloud))
    }, way)
  })
}

import { createQueue } from '../../lib/memory/queue.ts'
import { manualTime } from '../contract/manual-time.ts'
import { queueContract } from '../contract/queue.contract.ts'

queueContract('memory', async () => {
  const time = manualTime()
  return { queue: createQueue({ clock: time, timers: time.timers }), advance: time.advance }
})

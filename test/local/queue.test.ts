import { createQueue } from '../../lib/local/queue.ts'
import { manualTime } from '../contract/manual-time.ts'
import { queueContract } from '../contract/queue.contract.ts'
import { freshDatabase } from './fresh-folder.ts'

queueContract('SQLite', async () => {
  const time = manualTime()
  const queue = createQueue({ database: freshDatabase(), name: 'jobs', clock: time, timers: time.timers })
  return { queue: queue as never, advance: time.advance }
})

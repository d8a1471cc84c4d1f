import type { PoolLaunch } from './pool-launch.ts'
import type { Ticket } from './ticket.ts'

/** Reports that jobs begin, each once: neighbours of one launch together. */
export function announce(tickets: readonly Ticket[]): void {
  const now = Date.now()
  let offsets: number[] = []
  let launch: PoolLaunch | undefined
  for (const ticket of tickets) {
    if (ticket.announced) continue
    ticket.announced = true
    if (launch !== ticket.launch) {
      launch?.reports.started(offsets, now)
      offsets = []
      launch = ticket.launch
    }
    for (let nth = 0; nth < ticket.count; nth++) offsets.push(ticket.offset + nth)
  }
  launch?.reports.started(offsets, now)
}

import type { Ticket } from './ticket.ts'

/** A ticket for one job of the one that stands at `index` of a list: what is before and behind it stays there, in its order. */
export function single(tickets: Ticket[], index: number, nth: number): Ticket {
  let ticket = tickets[index] as Ticket
  let at = index
  if (nth > 0) {
    ticket = ticket.cut(nth)
    tickets.splice(++at, 0, ticket)
  }
  if (ticket.count > 1) tickets.splice(at + 1, 0, ticket.cut(1))
  return ticket
}

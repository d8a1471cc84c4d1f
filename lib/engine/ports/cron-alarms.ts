/** A minute in which a cron is to run, at its start. */
export interface Firing {
  readonly label: string
  /** Epoch milliseconds. */
  readonly minute: number
}

/**
 * Port: has each cron fired in its minutes (`Engine.crons.fire`), at least once and not long after. It follows the records of the
 * registry: one that is there fires as its schedule says, one that is not never does.
 */
export interface CronAlarms {
  /** A record is about to change: whatever dies from here on, the alarm will soon be as the record then says. */
  changing(params: { label: string }): Promise<void>
  /** It changed, or went. */
  changed(params: { label: string }): Promise<void>
  /** Where crons fire in this process: who hears of it, from now on. Elsewhere a function is called. */
  listen?(listener: (firing: Firing) => Promise<void>): void
}

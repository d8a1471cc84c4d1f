/** What one round measured: a number a metric, such as `{ latency: 0.00002 }`. Times are seconds, sizes bytes. */
export type Metrics = Readonly<Record<string, number>>

/** Whoever is measured: PiCloud or a peer, alone in a process of its own. */
export interface Contestant {
  round(): Promise<Metrics>
  close(): Promise<void>
}

/** How much is measured: `full` for figures that mean something, `short` only to see that it runs. */
export interface Scale {
  readonly short: boolean
  /** Worker processes or threads of every contestant. */
  readonly workers: number
}

/** A comparison that a goal is about. Without `against`, the metric itself is held against the bound. */
export interface Bound {
  readonly what: string
  readonly metric: string
  /** Which contestant is ours. Default `cloud.mp`. */
  readonly ours?: string
  readonly against?: string
  readonly atLeast?: number
  readonly atMost?: number
  /** The unit of a metric that is held against the bound itself. */
  readonly unit?: 'µs' | 'ms' | 'B' | 'MB'
  /** By which part of the bound a run may fall short without meaning anything on a noisy machine. */
  readonly noise: number
}

/** Contestants that take turns, and what their medians must keep to. */
export interface Trial {
  readonly name: string
  /** Latencies are bimodal across cores: they are compared with everybody on core 0. */
  readonly oneCore?: boolean
  /** A new process for each round: for what happens only once in a process. */
  readonly fresh?: boolean
  readonly rounds: number
  readonly contestants: Readonly<Record<string, (scale: Scale) => Promise<Contestant>>>
  /** Of some contestants: why this machine can't run them, or undefined where it can. */
  readonly lacks?: Readonly<Record<string, () => string | undefined>>
  /** What each contestant keeps when its process or the machine ends, where that makes a difference. */
  readonly durability?: Readonly<Record<string, string>>
  readonly bounds: readonly Bound[]
}

/** One of the project's performance goals, by its number. */
export interface Goal {
  readonly number: number
  readonly title: string
  readonly trials: readonly Trial[]
}

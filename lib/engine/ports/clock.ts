/** Port: what time it is, and chance. The engine reads neither itself, so that a simulation can own both. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** At least 0 and below 1: spreads back-offs and names uploads. */
  random(): number
}

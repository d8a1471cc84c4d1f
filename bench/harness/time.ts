/** Seconds that the work takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1_000
}

/** A benchmark that computes something wrong measures nothing. */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`Measured something wrong: ${what}.`)
}

/** What lib/closure does for functions: gives them ids, and finds them again. */
export function functionTable() {
  const functions: unknown[] = []
  return {
    idOf: (fn: unknown): number => {
      const known = functions.indexOf(fn)
      return known >= 0 ? known : functions.push(fn) - 1
    },
    byId: (id: number) => functions[id] as never,
  }
}

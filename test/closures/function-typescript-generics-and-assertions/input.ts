type Fn<A extends readonly unknown[], R> = (...args: A) => R
const pipe = <A extends readonly unknown[], B, C>(f: Fn<A, B>, g: Fn<[B], C>): Fn<A, C> => (...args: A): C => g(f(...args))
const toText = pipe((a: number, b: number): number => a + b, (n: number): string => `${n}` as const)
const table = { a: 1 } satisfies Record<string, number>
export const args = [2, 3]
export default function (this: void, a: number, b: number): [string, number] {
  return [toText(a, b)!, (table as { a: number }).a]
}

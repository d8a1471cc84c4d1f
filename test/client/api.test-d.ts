import cloud, { connect, job, CloudError, type Jid, type JidRange, type Ref, type Settled } from '../../lib/index.ts'
type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const is = <A, B>(_: Eq<A, B>) => {}

// call
const j1 = await cloud.call(() => 3 * 3); is<typeof j1, Jid<number>>(true)
const j2 = await cloud.call((x: number) => 3 * x, 2); is<typeof j2, Jid<number>>(true)
const j3 = await cloud.call(async (s: string) => ({ s }), 'a'); is<typeof j3, Jid<{ s: string }>>(true)
const r2 = cloud.ref(j2); is<typeof r2, Ref<number>>(true)
const j4 = await cloud.call((x: number, y: string) => x + y, cloud.ref(j2), 'b'); is<typeof j4, Jid<string>>(true)
const j5 = await cloud.call((x: number, y?: string) => x, 1); is<typeof j5, Jid<number>>(true)
const j6 = await cloud.call((...xs: number[]) => xs.length, 1, cloud.ref(j2), 3); is<typeof j6, Jid<number>>(true)
const j6b = await cloud.call((x = 1, y?: string) => x); is<typeof j6b, Jid<number>>(true)
const j6c = await cloud.call((x: number | null, o: { a?: 1 }) => x, null, {}); is<typeof j6c, Jid<number | null>>(true)
// un-annotated closures
const k1 = await cloud.call(x => x * 2, 3); is<typeof k1, Jid<number>>(true)
const k2 = await cloud.call(x => x * 2, cloud.ref(j2)); is<typeof k2, Jid<number>>(true)
const k3 = await cloud.call((x, y) => ({ x, y }), 1, 'a'); is<typeof k3, Jid<{ x: number; y: string }>>(true)
// generics and overloads
function identity<T>(x: T): T { return x }
const j7 = await cloud.call(identity, 5); is<typeof j7, Jid<number>>(true)
const j7b = await cloud.call(identity, cloud.ref(j3))
const j7c = await cloud.call(identity<{ s: string }>, cloud.ref(j3)); is<typeof j7c, Jid<{ s: string }>>(true)
declare function over(x: number): number
declare function over(x: string): string
const j8 = await cloud.call(over, 'x'); is<typeof j8, Jid<string>>(true)
// @ts-expect-error only the last overload is seen
await cloud.call(over, 1)
const j8b = await cloud.call(x => over(x), 1); is<typeof j8b, Jid<number>>(true)
async function wrap<T>(f: () => T): Promise<Awaited<T>> { return cloud.result(await cloud.call(f)) }
async function back<T>(jid: Jid<T>): Promise<T> { return cloud.result(jid) }
// this
class K { v = 1; m() { return this.v }; n(this: K) { return this.v } }
const k = new K()
await cloud.call(k.m) // TypeScript can't see that it needs this
// @ts-expect-error a declared this is refused
await cloud.call(k.n)
const { call } = cloud; await call(() => 1)
// wrong arguments
// @ts-expect-error
await cloud.call((x: number) => x, 'a')
// @ts-expect-error
await cloud.call((x: number) => x)
// @ts-expect-error
await cloud.call((x: number) => x, 1, 2)
// @ts-expect-error
await cloud.call((x: number) => x, cloud.ref(j3))
// @ts-expect-error the trap: a jid for a number
await cloud.call((x: number) => x, j2)
await cloud.call(async (jid: Jid<number>) => cloud.result(jid), j2)
const lt = +j1 + 1, cmp = j1 < j2, text = `${j1}`
const wide: Jid = j1
// @ts-expect-error
const narrow: Jid<string> = j1
// @ts-expect-error a number is no Jid
const plain: Jid = 4

// map
const m1 = await cloud.map((x: number) => String(x), [1, 2]); is<typeof m1, JidRange<string>>(true)
const m2 = await cloud.map(x => x * 2, [1, 2]); is<typeof m2, JidRange<number>>(true)
const m3 = await cloud.map((x, y) => x * y, [1, 3, 5], [2, 4, 6]); is<typeof m3, JidRange<number>>(true)
const mult = (x: number, y: number) => x * y
const m4 = await cloud.map(mult, [1, 3, 5], [2, 4, 6]); is<typeof m4, JidRange<number>>(true)
// @ts-expect-error uneven literals: y may be undefined
await cloud.map((x, y) => x * y, [1, 3, 5], [2, 4])
const xs: number[] = [1], ys: number[] = [2]
// @ts-expect-error unknown lengths
await cloud.map((x, y) => x * y, xs, ys)
const m5 = await cloud.map((x = 0, y = 0) => x * y, xs, ys); is<typeof m5, JidRange<number>>(true)
async function* gen() { yield 'a' }
const m6 = await cloud.map(s => s.length, gen()); is<typeof m6, JidRange<number>>(true)
const m7 = await cloud.map((a, b) => ({ a, b }), new Set([1]), gen()); is<typeof m7, JidRange<{ a: number | undefined; b: string | undefined }>>(true)
const m8 = await cloud.map((a, b) => ({ a, b }), xs, new Set(['s'])); is<typeof m8, JidRange<{ a: number | undefined; b: string | undefined }>>(true)
const m9 = await cloud.map(x => x.length, cloud.refs(m1)); is<typeof m9, JidRange<number>>(true)
const m10 = await cloud.map((x, y, z) => [x, y, z].length, [1, 2], ['a', 'b'], [[1], [2]]); is<typeof m10, JidRange<number>>(true)
const m11 = await cloud.map((x, y: number[]) => x + y.length, [1, 2], [[1], [2]]); is<typeof m11, JidRange<number>>(true)
// @ts-expect-error
cloud.map(() => 1)

// result
const v1 = await cloud.result(j2); is<typeof v1, number>(true)
const v2 = await cloud.result(m1); is<typeof v2, string[]>(true)
const v3 = await cloud.result([j2, j3]); is<typeof v3, [number, { s: string }]>(true)
const v4 = await cloud.result([j2, m1]); is<typeof v4, [number, string[]]>(true)
const v5 = await cloud.result(new Set([j2, j5])); is<typeof v5, number[]>(true)
const v6 = await cloud.result(42); is<typeof v6, unknown>(true)
const many: Jid<string>[] = []
const v7 = await cloud.result(many); is<typeof v7, string[]>(true)
const v8 = await cloud.result([j2, j3], { ignoreErrors: true, timeout: '30s' }); is<typeof v8, [number | CloudError, { s: string } | CloudError]>(true)
const v9 = await cloud.call(() => 9).result(); is<typeof v9, number>(true)
const v10 = await cloud.map(x => x + 1, xs).result({ ignoreErrors: true }); is<typeof v10, (number | CloudError)[]>(true)
for await (const v of cloud.map(x => x + 1, xs)) is<typeof v, number>(true)
for await (const v of cloud.iresult(m1, { numInParallel: 0 })) is<typeof v, string>(true)
for await (const s of cloud.completed(m1)) if (s.status === 'done') is<typeof s.value, string>(true); else s.reason.jid
const i1 = await cloud.info(m1, ['stdout', 'runtime']); is<typeof i1, Record<number, Pick<import('../../lib/index.ts').JobInfo, 'stdout' | 'runtime'>>>(true)
const i2 = (await cloud.info(42, 'stdout'))[42]?.stdout
// @ts-expect-error
await cloud.result(j1, { timeout: '30 seconds' })
const w1 = await cloud.with({ label: 'x', dependsOn: m1 }).call(identity, 'a'); is<typeof w1, Jid<string>>(true)
const red = await cloud.call((all: string[]) => all.join(), cloud.ref(m1)); is<typeof red, Jid<string>>(true)
await using c2 = connect({ url: 'lambda:fn' })
const v11 = await cloud.result(m1, { ignoreErrors: true }); is<typeof v11, (string | CloudError)[]>(true)
const v12 = await cloud.result(j2, { ignoreErrors: true }); is<typeof v12, number | CloudError>(true)
const v13 = await cloud.result(new Set([j2, j3])); is<typeof v13, (number | { s: string })[]>(true)
for await (const v of cloud.iresult([j2, j3])) is<typeof v, number | { s: string }>(true)
const mixed: (Jid<number> | Jid<string>)[] = []
const v14 = await cloud.result(mixed); is<typeof v14, (number | string)[]>(true)
const v15 = await cloud.result([]); is<typeof v15, []>(true)
await cloud.result(j1, { signal: AbortSignal.timeout(1000) })
const bool = await cloud.call(() => Math.random() > .5); is<typeof bool, Jid<boolean>>(true); const vb = await cloud.result(bool); is<typeof vb, boolean>(true)
const nothing = await cloud.call(() => {}); is<typeof nothing, Jid<void>>(true)
const fs2 = job?.signal.aborted
export {}

const log = []
const res = name => ({ [Symbol.dispose]() { log.push('d' + name) }, async [Symbol.asyncDispose]() { log.push('a' + name) } })
const f = async () => { using a = res(1); await using b = res(2); for (using c of [res(3)]) log.push('in'); return log.length }
export default async () => [await f(), log]

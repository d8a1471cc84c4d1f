async function* ticks(n) {
  for (let i = 0; i < n; i++) {
    await null
    yield i
  }
}
export default async () => {
  const all = []
  for await (const tick of ticks(3)) all.push(tick)
  return all
}

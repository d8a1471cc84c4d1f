const k = 5
export default async () => {
  const all = []
  for await (const x of (async function* () {
    yield k
  })())
    all.push(x)
  return all
}

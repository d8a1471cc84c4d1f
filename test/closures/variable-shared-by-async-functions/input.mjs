function make() {
  let n = 0
  return [async () => ++n, async () => n]
}
const [up, now] = make()
export default async () => [await up(), await now()]

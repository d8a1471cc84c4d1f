class Feed {
  async one() {
    return 1
  }
  *two() {
    yield 2
  }
  async *three() {
    yield 3
  }
  static async four() {
    return 4
  }
}
export default async () => {
  const feed = new Feed()
  const all = [await feed.one(), ...feed.two()]
  for await (const it of feed.three()) all.push(it)
  return [...all, await Feed.four()]
}

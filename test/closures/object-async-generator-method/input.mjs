const feed = {
  items: [1, 2],
  async *[Symbol.asyncIterator]() {
    for (const item of this.items) yield item
  },
}
export default async () => {
  const all = []
  for await (const item of feed) all.push(item)
  return all
}

const table = Array.from({ length: 1_000 }, (_, id) => ({ id, name: `n${id}`, tags: [id % 3] }))
for (const row of table) row.next = table[(row.id + 1) % table.length]
export default () => [table[999].next === table[0], table.reduce((sum, { tags: [tag] }) => sum + tag, 0)]

const table = { math: Math, json: JSON.stringify, kinds: [Map, Set, Date], sym: Symbol.iterator, nan: Number.isNaN }
export default () => [table.math === Math, table.json({ a: 1 }), table.kinds[0] === Map, table.sym === Symbol.iterator, table.nan(Number.NaN)]

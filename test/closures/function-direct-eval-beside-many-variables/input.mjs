const seen = new WeakMap()
const table = { list: [() => table.count++], count: 1 }
const other = { table, seen }
let plain = 2

export default function run() {
  const texts = ['table.list[0]() + table.count', 'plain', 'other', 'seen']
  return texts.map(text => {
    try {
      return eval(text)
    } catch (error) {
      return error.name
    }
  })
}

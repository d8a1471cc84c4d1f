let parts
try {
  throw { n: 1 }
} catch (caught) {
  parts = [() => (caught = 'replaced'), () => caught]
}
const [replace, read] = parts
export default () => [read().n, replace(), read()]

const folder = './parts'
const name = `${folder}/` + 'one'
const sep = 'node:' + 'path'
export default async () => {
  const kind = '.mjs'
  const [{ x }, { default: path }] = await Promise.all([import(name + kind), import(sep)])
  return [x, path.sep]
}

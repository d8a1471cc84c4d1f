import { existsSync, promises as fs } from 'node:fs'
import * as path from 'node:path'
export default async () => {
  const folder = `${import.meta.dirname}/notes`
  const file = path.resolve(folder, 'a.txt')
  return [(await fs.readFile(file, 'utf8')).trim(), existsSync(`${folder}/b.txt`)]
}

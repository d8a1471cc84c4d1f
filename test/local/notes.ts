import { freshDatabase } from './fresh-folder.ts'

/** An empty database, with a table of numbers of which each can be put once. */
export function notes() {
  const database = freshDatabase()
  const add = database.prepare('INSERT INTO pointers VALUES (?)')
  const all = database.prepare('SELECT gate FROM pointers ORDER BY gate')
  return {
    database,
    put: (value: number) => database.write(() => add.run(value)),
    read: () => database.read(() => all.all().map(row => row[0])),
  }
}

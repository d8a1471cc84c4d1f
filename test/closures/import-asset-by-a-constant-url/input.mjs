import { existsSync, readFileSync } from 'node:fs'
const note = new URL('note.txt', import.meta.url)
export default () => {
  const found = [readFileSync(note, 'utf8').trim(), note.search, existsSync(new URL('input.mjs', note)), note instanceof URL]
  note.search = '?changed'
  return found
}

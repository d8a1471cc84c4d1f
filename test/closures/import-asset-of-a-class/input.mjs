import { readFileSync } from 'node:fs'
class Words {
  static file = new URL('./words.txt', import.meta.url)
  #read() {
    return readFileSync(new URL('./words.txt', import.meta.url), 'utf8')
  }
  get all() {
    return this.#read().trim().split(' ')
  }
}
export default () => new Words().all

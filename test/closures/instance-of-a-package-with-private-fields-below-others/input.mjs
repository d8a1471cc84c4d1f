import { Base, Log, Step } from 'ladder'

class Own extends Step {
  #own = 3
  text() {
    return `${super.text()},own:${this.#own}`
  }
}
const own = new Own('set')
const log = new Log('x', 4)
export default () => [own.text(), own instanceof Base, log.text(), new Step().name()]

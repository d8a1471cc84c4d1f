const Loud = Base => class extends Base {
  #volume = 3
  shout() {
    return this.name.toUpperCase() + '!'.repeat(this.#volume)
  }
}
const Named = Base => class extends Base {
  #name = 'n'
  get name() {
    return this.#name
  }
}
class Thing extends Loud(Named(Object)) {}
class Other extends Loud(Named(Map)) {}
const thing = new Thing()
const other = new Other([['a', 1]])
export default () => [thing.shout(), other.shout(), other.get('a'), new Thing().shout()]

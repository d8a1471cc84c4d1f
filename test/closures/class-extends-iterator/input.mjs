class Countdown extends Iterator {
  constructor(from) {
    super()
    this.from = from
  }
  next() {
    return this.from > 0 ? { done: false, value: this.from-- } : { done: true, value: undefined }
  }
}
const countdown = new Countdown(3)
countdown.next()
const bare = Object.create(Iterator.prototype, { next: { value: () => ({ done: true }) } })

export default () => [countdown.toArray(), countdown instanceof Iterator, new Countdown(2).map(n => n * 2).toArray(), [...bare]]

class Risky {
  constructor(n) {
    this.n = n
  }

  run() {
    if (this.n > 1) {
      throw new Error('too much')
    }
    return this.n
  }
}
export default () => new Risky(2).run()

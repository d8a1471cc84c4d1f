class Odd {
  'with space'() {
    return 1
  }
  123() {
    return 2
  }
  get() {
    return 3
  }
  static static() {
    return 4
  }
  async() {
    return 5
  }
  'constructor'() {
    this.made = 6
  }
  ['__proto__']() {
    return 7
  }
}
export default () => {
  const odd = new Odd()
  return [odd['with space'](), odd[123](), odd.get(), Odd.static(), odd.async(), odd.made, Object.hasOwn(Odd.prototype, '__proto__')]
}

class Day extends Date {
  get iso() {
    return this.toISOString().slice(0, 10)
  }
}
class Pattern extends RegExp {
  matches(text) {
    return this.test(text)
  }
}
const day = new Day(0)
const pattern = new Pattern('a+', 'g')
pattern.lastIndex = 2
export default () => [day.iso, day instanceof Day, pattern.matches('xxa'), pattern.flags, pattern instanceof Pattern]

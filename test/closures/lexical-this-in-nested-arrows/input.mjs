class Outer {
  v = 'v'
  nest() {
    return () => () => [() => this.v].map(f => f())
  }
}
const nested = new Outer().nest()
export default () => nested()()

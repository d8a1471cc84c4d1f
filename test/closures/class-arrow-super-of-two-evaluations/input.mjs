const over = Base =>
  class extends Base {
    say() {
      return () => super.say()
    }
  }
const A = over(class { say() { return 'a' } })
const B = over(class { say() { return 'b' } })
const Twice = over(class extends over(class { say() { return () => 'b over a' } }) { say() { return super.say()()() } })

const [a, b, c] = [new A().say(), new B().say(), new Twice().say()]
export default () => [a(), b(), c()]

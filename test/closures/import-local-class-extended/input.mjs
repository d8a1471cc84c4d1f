import { Base } from './base.mjs'
class Derived extends Base {
  hello() {
    return `${super.hello()} from derived`
  }
}
export default () => [new Derived().hello(), new Derived() instanceof Base]

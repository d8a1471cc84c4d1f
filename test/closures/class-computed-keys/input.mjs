const key = `k${1}`
const mark = Symbol('mark')
class Computed {
  [key]() {
    return 'method'
  }
  static [`s${key}`]() {
    return 'static'
  }
  [mark]() {
    return 'symbol'
  }
  get [['a', 'c', 'c'].join('')]() {
    return 'getter'
  }
  [Symbol.for('shared')]() {
    return 'shared'
  }
}

const it = new Computed()
export default () => [it.k1(), Computed.sk1(), it[mark](), it.acc, it[Symbol.for('shared')](), it[mark].name]

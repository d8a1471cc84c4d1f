class A {
  who() {
    return 'A'
  }
}
class B {
  who() {
    return 'B'
  }
  static make() {
    return 'made by B'
  }
}
class C extends A {
  who() {
    return `C, ${super.who()}`
  }
}
Object.setPrototypeOf(C, B)
class D extends A {}
Object.setPrototypeOf(D, { odd: 1 })
export default () => [new C().who(), C.make(), D.odd, Object.getPrototypeOf(D.prototype) === A.prototype]

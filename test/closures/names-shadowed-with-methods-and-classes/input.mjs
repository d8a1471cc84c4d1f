function make(Object, Reflect, WeakMap, Symbol) {
  const o = { m() { return [Object, Reflect] }, get g() { return WeakMap } }
  class A { #p = Symbol; get p() { return this.#p } static s = [Object] }
  const sup = { __proto__: { hi() { return Reflect } }, hi() { return super.hi() } }
  return { m: o.m, g: globalThis.Object.getOwnPropertyDescriptor(o, 'g').get, A, a: new A(), sup }
}
const { m, g, A, a, sup } = make('O', 'R', 'W', 'S')
export default () => [m(), g(), new A().p, a.p, A.s, sup.hi()]

let r = []
const a = async /* c */ (x) => x
const b = async /* more */ function () { return 2 }
const o = { async /* x */ m() { return 3 }, 'quoted name'() { return 4 }, 12() { return 5 }, get
  g() { return 6 }, *
  gen() { yield 7 }, async *
  agen() { yield 8 }, [`com${'puted'}`]() { return 9 }, async() { return 10 }, get() { return 11 }, set() { return 12 }, static() { return 13 }, async get() { return 14 }, 0x10() { return 15 }, 1e3() { return 16 } , 9n() { return 17 } , "a\nb"() { return 18 }, '__proto__'() { return 19 } }
const ms = Reflect.ownKeys(o).filter(k => k !== 'g' && typeof o[k] === 'function').map(k => o[k])
const g = Object.getOwnPropertyDescriptor(o, 'g').get
export default async () => {
  const out = [await a(1), await b(), g.call(o), g.name]
  for (const m of ms) { let v = m.call(o); if (v?.next) v = (await v.next()).value; out.push([m.name, await v]) }
  return out
}

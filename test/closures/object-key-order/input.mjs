const it = { b: 1, 2: 2, a: 3, 1: 4, [Symbol.for('s')]: 5 }
export default () => Reflect.ownKeys(it).map(String)

const f = (a, b) => (a, b)
const g = o => 'x' in o
const h = () => { for (const x of [1]) return x }
const i = a => a ? b => b : c => -c
const j = () => void 0 ?? 1
const k = () => [...'ab'].map(x => x + x)
const l = () => delete globalThis.nothing
export default () => [f(1, 2), g({ x: 1 }), h(), i(1)(2), i(0)(2), j(), k(), l()]

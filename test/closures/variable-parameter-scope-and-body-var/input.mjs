function make(x, get = () => x, set = v => { x = v }) { var x; const inner = () => x; x = 'body'; return { get, set, inner } }
const a = make('param')
export default () => { const before = [a.get(), a.inner()]; a.set('changed'); return [...before, a.get(), a.inner()] }

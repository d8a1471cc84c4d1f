const re = /a(?<x>.)/gdy
const v = /[\p{L}--[a-z]]/v
const f = s => { re.lastIndex = 0; return re.exec(s)?.groups.x }
export default () => [f('ab'), v.test('A'), v.test('a'), /(?i:a)b/.test('Ab'), re.flags]

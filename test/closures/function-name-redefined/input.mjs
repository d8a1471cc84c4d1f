const f = Object.defineProperty(() => 1, 'name', { value: 'renamed' })
const g = Object.defineProperty(function original() {}, 'length', { value: 7 })
export default () => [f.name, g.name, g.length]

const f = function named(a, b) {}
delete f.name
delete f.length
export default () => [Object.hasOwn(f, 'name'), Object.hasOwn(f, 'length'), f.name, f.length]

const prefix = 'on'
const count = 2
const seen = `${prefix}Seen`
class Fields {
  ['a' + 1] = 6;
  [`${prefix}Click`] = 7;
  [prefix + 'Key'] = 8;
  [count + 1] = 9;
  [`x${count}` + seen] = 10;
  ['lit'] = 11;
  [0.5] = 12;
  ['get' + 'All']() {
    return Object.entries(this)
  }
}
const inner = (() => {
  const own = 'own'
  const both = own + 1
  return class {
    [both] = 1
  }
})()
export default () => [new Fields().getAll(), Object.keys(new inner())]

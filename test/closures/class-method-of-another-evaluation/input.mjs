const make = name => class {
  name() {
    return name
  }
}
const A = make('a')
const B = make('b')
const { name } = B.prototype
export default () => [name === B.prototype.name, name === A.prototype.name, name(), A.prototype.name() === 'a']

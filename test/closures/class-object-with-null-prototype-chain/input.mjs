class Thing {
  kind = 'thing'
}
const thing = Object.setPrototypeOf(new Thing(), null)
export default () => [Object.getPrototypeOf(thing) === null, thing.kind]

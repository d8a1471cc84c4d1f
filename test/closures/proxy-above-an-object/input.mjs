const told = () => {
  throw new Error('a trap ran')
}
const above = new Proxy({ inherited: 1 }, { getPrototypeOf: told, ownKeys: told, has: told })
const heir = Object.create(above)
heir.own = 2

export default () => [heir.inherited, heir.own]

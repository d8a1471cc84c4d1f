import { Vault } from 'vault'
const vaults = { first: new Vault((function* () {})()) }
export default () => vaults.first.open()

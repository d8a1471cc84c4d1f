import { Vault } from 'vault'
const vaults = { first: new Vault(new WeakMap()) }
export default () => vaults.first.open()

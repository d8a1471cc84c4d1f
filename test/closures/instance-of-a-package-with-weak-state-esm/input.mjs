import { Open, Vault } from 'vault'
const open = new Open(1)
const vaults = { first: new Vault('gold') }
export default () => [open.get(), vaults.first.open()]

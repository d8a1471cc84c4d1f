// What a compiler made of private names goes along: the job's own WeakMap has it for the job's own instance.
import { Open, Vault } from 'vault'
const open = new Open(1)
const vaults = { first: new Vault('gold') }
export default () => [open.get(), vaults.first.open(), new Vault('tin').open()]

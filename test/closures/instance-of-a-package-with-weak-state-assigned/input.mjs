// As TypeScript writes private names for targets below ES2022.
import { Vault } from 'vault'
const inner = new Vault('tin')
const outer = new Vault(inner)
export default () => [outer.open() === inner, inner.open(), outer.isOpen(), inner.isOpen(), new Vault(1).isOpen()]

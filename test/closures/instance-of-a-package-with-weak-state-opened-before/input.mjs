// A WeakSet, too.
import { Vault } from 'vault'
const [opened, closed] = [new Vault('gold'), new Vault('tin')]
opened.open()
export default () => [opened.isOpen(), closed.isOpen()]

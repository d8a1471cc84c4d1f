// What the WeakMap does not hold goes, and what is made in the job.
import { Open, Vault } from 'vault'
const open = new Open(1)
export default () => [open.get(), open instanceof Open, new Vault('gold').open()]

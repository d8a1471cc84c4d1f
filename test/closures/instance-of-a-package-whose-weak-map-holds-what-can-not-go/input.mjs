import { Flags } from 'flags'
const flags = new Flags()
const known = { n: 1 }
flags.raise(known, (function* () {})())
export default () => flags.of(known)

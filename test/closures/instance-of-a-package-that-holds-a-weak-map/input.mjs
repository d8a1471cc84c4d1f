// As clients that remember something of each request: a new WeakMap, with the entries of what travels too.
import { Flags } from 'flags'
const flags = new Flags()
const [known, other] = [{ n: 1 }, { n: 2 }]
flags.raise(known, { why: 'asked', by: { n: 3 } })
flags.raise({ n: 4 }, 'gone')
export default () => {
  const made = {}
  flags.raise(made, 'here')
  return [flags.of(known).why, flags.of(known).by.n, flags.of(other) ?? null, flags.of(made), flags.isKnown(known)]
}

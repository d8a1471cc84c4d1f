import { words as one } from 'one'
import { words as two } from 'two'

const read = words => {
  try {
    return words()
  } catch ({ code }) {
    return code
  }
}

// Neither has the other’s.
export default () => [read(one), read(two)]

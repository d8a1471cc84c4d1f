import old, { what } from 'old'
import file from 'old/lib/file.js'
export default () => [what, typeof old.twice, file]

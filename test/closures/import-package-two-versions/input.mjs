import { version } from 'lib'
import { version as nested } from 'user'
export default () => [version(), nested()]

import { how } from 'nested'
import { what } from 'nested/parts/sub'
export default () => [how, what]

import { add, base } from './plain.cjs'
import plain from './plain.cjs'
export default () => [add(1), base, plain.base, plain.add === add]

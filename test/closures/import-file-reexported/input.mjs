import { one, zwei, rest } from './barrel.mjs'
import * as barrel from './barrel.mjs'
export default () => [one, zwei, rest.three, [barrel.four]]

import { raise as up, sum, also } from './all.mjs'
import * as all from './all.mjs'
const seen = () => ({ sum, also: all.total })
export default () => [up(2), sum, seen(), also, all.count(), seen().also]

import { table } from './table.mjs'
const factor = await Promise.resolve(2)
export default () => [table.state, table.size * factor]

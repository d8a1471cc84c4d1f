import { config } from './config.mjs'
const own = await Promise.resolve(2)
export default () => [config.level, own]

import { createRequire } from 'node:module'
import { how, Kind } from 'dual'
const require = createRequire(import.meta.url)
const classic = require('dual')
export default () => [how, classic.how, Kind === classic.Kind]

import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const { twice } = require('classic')
const path = require('node:path')
export default () => [twice(2), path.sep]

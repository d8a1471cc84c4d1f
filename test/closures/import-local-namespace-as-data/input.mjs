import * as lib from './lib.mjs'
export default () => [Object.keys(lib).sort(), lib['a' + 'dd'](1, 2)]

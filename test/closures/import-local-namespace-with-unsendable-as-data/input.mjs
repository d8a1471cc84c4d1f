import * as lib from './lib.mjs'
export default () => Object.keys(lib)

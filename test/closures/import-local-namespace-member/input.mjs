import * as lib from './lib.mjs'
export default () => lib.add(1, 2)

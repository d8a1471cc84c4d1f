import * as state from './state.mjs'

const held = [{ state }]
export default () => held[0].state.count

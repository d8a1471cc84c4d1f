import * as state from './state.mjs'
import { up } from './state.mjs'

const held = { state }
export default () => [up(), held.state.count]

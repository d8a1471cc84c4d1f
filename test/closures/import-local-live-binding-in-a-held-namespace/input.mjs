import * as state from './state.mjs'
const show = it => Object.entries(it)
export default () => [state.bump(), show(state)]

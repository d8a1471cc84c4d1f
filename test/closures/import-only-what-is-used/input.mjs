import { small } from './both.mjs'
export default () => small()

import { version } from 'twice'
import { inner } from 'holder'
import { near } from './packages/near/index.mjs'
export default () => [version, inner, near()]

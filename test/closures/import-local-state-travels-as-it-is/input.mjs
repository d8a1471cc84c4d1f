import { bump, readTotal } from './state.mjs'
bump()
bump()
export default () => {
  bump()
  return readTotal()
}

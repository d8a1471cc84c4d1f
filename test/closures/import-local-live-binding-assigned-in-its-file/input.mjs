import { bump, total } from './state.mjs'
export default () => {
  bump()
  return total
}

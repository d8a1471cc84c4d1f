import { registry } from './registry.mjs'
import { register } from './register.mjs'
register('a')
export default () => {
  register('b')
  return [...registry]
}

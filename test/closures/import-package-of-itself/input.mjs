import { count, up } from 'selfish/state'
import { again } from './again.mjs'
up()
export default () => [count(), again()]

import { bump, total } from './total.mjs'
export default () => [bump() ?? total]

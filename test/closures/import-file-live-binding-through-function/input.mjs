import { bump, read } from './total.mjs'
export default () => [read(), bump() ?? read()]

import { AsyncResource } from 'node:async_hooks'

const held = { later: AsyncResource.bind(x => x + 1) }
export default () => held.later(1)

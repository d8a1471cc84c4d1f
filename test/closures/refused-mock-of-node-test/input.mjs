import { mock } from 'node:test'

const send = mock.fn(n => n + 1)

export default () => send(1)

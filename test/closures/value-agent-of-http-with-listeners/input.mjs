import { Agent } from 'node:http'

const agent = new Agent()
agent.on('free', () => {})
export default () => agent.maxSockets

import { Agent as PlainAgent } from 'node:http'
import { Agent } from 'node:https'

const lookup = () => '10.0.0.1'
const agent = new Agent({ keepAlive: true, maxSockets: 7, ca: Buffer.from('x'), scheduling: 'fifo', lookup })
const plain = Object.assign(new PlainAgent(), { use: 'db' })
// Of this process.
plain.sockets['example:80:'] = [{}]
plain.requests['example:80:'] = [{}]
plain.totalSocketCount = 1

export default () => {
  const { keepAlive, maxSockets, options, scheduling } = agent
  const told = [keepAlive, maxSockets, String(options.ca), options.lookup(), scheduling]
  const held = [agent.listenerCount('free'), [...Object.keys(plain.sockets), ...Object.keys(plain.requests)]]
  return [agent instanceof Agent, ...told, ...held, plain.use, plain instanceof PlainAgent, plain.keepAlive]
}

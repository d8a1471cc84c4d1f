import * as own from './captured.ts'

/**
 * Agents of `node:http` and `node:https`, which clients of services hold to keep their connections: they travel as what
 * they were told to do. Their connections are this process's, and theirs begin with none.
 */

const modules = ['http', 'https'] as const
type AgentModule = (typeof modules)[number]

/** The module that has a class of agents for its own, by the prototype of that. Loads none for what is no agent. */
export function agentModule(prototype: object): AgentModule | undefined {
  if (!own.hasOwn(prototype, 'createConnection')) return undefined
  return modules.find(name => process.getBuiltinModule(name).Agent.prototype === prototype)
}

/** What each agent has of its own, and begins with there. */
const begun: readonly PropertyKey[] = [
  '_events',
  '_eventsCount',
  'requests',
  'sockets',
  'freeSockets',
  'totalSocketCount',
  '_sessionCache',
]
/** Node's own listeners: it keeps free connections by them, and listens for logs of keys. */
const listeners: readonly PropertyKey[] = ['free', 'newListener']

/** Whether a property of an agent says nothing of what it was told to do. */
export function isBegun(_agent: object, key: PropertyKey): boolean {
  return begun.includes(key)
}

/** Whether nobody but Node listens to an agent. */
export function isUnheard(agent: object): boolean {
  const events: unknown = own.getOwnPropertyDescriptor(agent, '_events')?.value
  if (typeof events !== 'object' || events === null || own.isProxy(events)) return false
  return own
    .ownKeys(events)
    .every(key => listeners.includes(key) && typeof own.getOwnPropertyDescriptor(events, key)?.value === 'function')
}

import { EventEmitter } from 'node:events'
const emitterClass = EventEmitter
export default () => new emitterClass() instanceof EventEmitter

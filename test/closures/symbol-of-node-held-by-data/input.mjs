import { EventEmitter, errorMonitor } from 'node:events'
import { inspect } from 'node:util'
const names = { watched: errorMonitor, shown: inspect.custom }
export default () => {
  const seen = []
  const emitter = new EventEmitter().on(names.watched, error => seen.push(error.message)).on('error', () => seen.push('handled'))
  emitter.emit('error', new Error('oh'))
  return [...seen, names.watched === errorMonitor, names.shown === inspect.custom]
}

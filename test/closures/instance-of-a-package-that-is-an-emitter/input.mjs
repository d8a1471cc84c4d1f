import { EventEmitter } from 'node:events'
import { Program } from 'programs'

const program = new Program().option('port', 80).option('host', 'here')

export default () => {
  const parsed = program.parse(['port=81'])
  program.removeAllListeners('option:host')
  program.once('end', () => {})
  return [parsed, program.parse(['host=there']), program.eventNames(), program.emit('end'), program.emit('end'), program instanceof Program, program instanceof EventEmitter]
}

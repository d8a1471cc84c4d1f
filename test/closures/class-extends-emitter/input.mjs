import { EventEmitter } from 'node:events'
class Bus extends EventEmitter {
  say(word) {
    this.emit('word', word)
  }
}
export default () => {
  const bus = new Bus()
  let heard = ''
  bus.on('word', word => (heard = word))
  bus.say('hello')
  return [heard, bus instanceof EventEmitter]
}

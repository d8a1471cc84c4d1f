import { EventEmitter } from 'node:events'

class Bus extends EventEmitter {
  #heard = []
  hear(x) {
    this.#heard.push(x)
    return this.#heard
  }
}
const emitter = new EventEmitter()
const bus = new Bus()
const heard = []
const say = x => void heard.push(x)
emitter.once('a', say)
emitter.on('a', say)
emitter.prependOnceListener('b', function (x) {
  heard.push(this === emitter, x)
})
bus.once('c', bus.hear)
const [raw] = emitter.rawListeners('a')
const there = process.stdout.once('picloud', say) && process.stdout.rawListeners('picloud')[0]
process.stdout.removeAllListeners('picloud')

export default () => {
  const before = [raw.listener === say, emitter.rawListeners('a')[0] === raw, Object.keys(emitter).includes('on')]
  emitter.emit('a', 1)
  emitter.emit('a', 2)
  emitter.emit('b', 3)
  emitter.emit('b', 4)
  bus.emit('c', 5)
  bus.emit('c', 6)
  there(7)
  return [before, heard, emitter.listenerCount('a'), emitter.listenerCount('b'), bus.hear(8)]
}

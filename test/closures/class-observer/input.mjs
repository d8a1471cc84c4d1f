class Subject {
  observers = new Set()
  on(fn) {
    this.observers.add(fn)
    return () => this.observers.delete(fn)
  }
  emit(value) {
    for (const fn of this.observers) fn(value)
  }
}
const log = []
const subject = new Subject()
subject.on(value => log.push(value))
const off = subject.on(value => log.push(value * 10))
export default () => {
  subject.emit(1)
  off()
  subject.emit(2)
  return log
}

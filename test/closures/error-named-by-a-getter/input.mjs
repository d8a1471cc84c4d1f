class Failure extends Error {
  get name() {
    return 'Failure'
  }
}
class Silent extends Error {
  get message() {
    return ''
  }
}
// Frames of whoever loads this file are not the same each time.
const { stackTraceLimit } = Error
Error.stackTraceLimit = 1
const failure = new Failure('no')
const silent = new Silent()
Error.stackTraceLimit = stackTraceLimit

export default () => [
  failure.name,
  failure.message,
  failure.stack.includes('input.mjs:14'),
  Object.keys(failure),
  silent.message,
  silent.stack.includes('input.mjs:15'),
  Object.getOwnPropertyNames(silent),
]

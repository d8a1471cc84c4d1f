const shared = Symbol.for('app.key')
const { iterator, asyncIterator, dispose } = Symbol
export default () => [shared === Symbol.for('app.key'), Symbol.keyFor(shared), iterator === Symbol.iterator, asyncIterator === Symbol.asyncIterator, dispose === Symbol.dispose]

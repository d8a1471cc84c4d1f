const mark = Symbol('mark')
export default () => ({ shared: Symbol.for('s'), mark: typeof mark })
export const returned = it => [it.shared === Symbol.for('s'), it.mark]

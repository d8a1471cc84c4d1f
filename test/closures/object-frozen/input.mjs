const frozen = Object.freeze({ a: Object.freeze([1]) })
export default () => [Object.isFrozen(frozen), Object.isFrozen(frozen.a)]

const errors = [new RangeError('r'), new AggregateError([new Error('inner')], 'many'), new URIError('u'), new EvalError('e'), new SyntaxError('s'), new ReferenceError('f')]
export default () => errors.map(error => [error.name, error.message, error.errors?.[0].message ?? '', Object.prototype.toString.call(error)])

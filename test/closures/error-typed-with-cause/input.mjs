const error = new TypeError('bad', { cause: 'x' })
export default () => [error instanceof TypeError, error.message, error.cause, Object.keys(error)]

export const args = [new RangeError('given')]
export default error => Object.assign(new Error('made', { cause: error }), { extra: [1] })
export const returned = error => [error instanceof Error, error.cause instanceof RangeError, error.cause.message, error.extra]

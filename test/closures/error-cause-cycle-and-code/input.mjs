const error = Object.assign(new Error('loop'), { code: 'E_LOOP' })
error.cause = error
export default () => [error.cause === error, error.code, error.stack.includes('input.mjs')]

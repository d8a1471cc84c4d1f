const failed = Promise.reject(new TypeError('no'))
failed.catch(() => undefined)
export default () => failed.catch(error => [error instanceof TypeError, error.message])

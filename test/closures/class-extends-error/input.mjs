class HttpError extends Error {
  name = 'HttpError'
  constructor(status, options) {
    super(`status ${status}`, options)
    this.status = status
  }
}
const known = new HttpError(404, { cause: 'x' })
export default () => {
  try {
    throw new HttpError(500)
  } catch (error) {
    return [error instanceof HttpError, error.status, known.status, known.cause, known instanceof HttpError, known.message]
  }
}

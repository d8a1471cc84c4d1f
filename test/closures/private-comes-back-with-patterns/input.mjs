let ran = 0
const count = value => {
  ran++
  return value
}
class Account {
  #id
  #tags
  constructor({ id, region: { name = count('eu') } = {}, ...rest }, [first, ...others] = count([]), n = count(1)) {
    ran++
    this.#id = [id, name, rest, n]
    this.#tags = [first, others]
  }
  tell() {
    return [this.#id, this.#tags]
  }
}
class HttpError extends Error {
  #status
  constructor(message, { status = count(500), ...options } = {}) {
    super(`${status}: ${message}`, { cause: options?.cause ?? options.reason, ...options })
    ran++
    this.#status = status
  }
  status() {
    return this.#status
  }
}
class Timeout extends HttpError {
  #seconds
  constructor({ seconds, ...options }) {
    super(seconds.text, options)
    this.#seconds = count(seconds)
  }
  seconds() {
    return this.#seconds
  }
}
export default () => [
  new Account({ id: 3, region: {}, a: 1 }, [1, 2, 3]),
  new HttpError('gone', { status: 410, cause: 'age' }),
  new Timeout({ seconds: { text: 'five' }, status: 504 }),
]
export const returned = ([account, error, timeout]) => [
  account.tell(),
  [error instanceof HttpError, error.message, error.cause, error.status()],
  [timeout instanceof Timeout, timeout.message, timeout.status(), timeout.seconds()],
  ran,
]

class Refused extends Error {
  code = 7
}
export default () => new Refused('no')
export const returned = error => [error instanceof Refused, error instanceof Error, error.message, error.code]

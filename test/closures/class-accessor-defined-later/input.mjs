class Dated {}
Object.defineProperty(Dated.prototype, 'year', { get: () => 2026, enumerable: false, configurable: false })
export default () => {
  const { enumerable, configurable } = Object.getOwnPropertyDescriptor(Dated.prototype, 'year')
  return [new Dated().year, enumerable, configurable]
}

const handlers = {
  add: (a, b) => a + b,
  'mul-tiply': (a, b) => a * b,
  1: () => 'one',
}
export const args = ['mul-tiply', 6, 7]
export default (name, ...rest) => [handlers[name](...rest), handlers[1](), Object.keys(handlers)]

let calls = 0
const handlers = new Map([
  ['up', () => ++calls],
  ['down', () => --calls],
])
export default () => [handlers.get('up')(), handlers.get('up')(), handlers.get('down')(), calls]

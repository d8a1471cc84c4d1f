const box = Object.defineProperty({}, 'v', { get: () => 4, enumerable: true, configurable: false })
export default () => {
  const { get, set, enumerable, configurable } = Object.getOwnPropertyDescriptor(box, 'v')
  return [typeof get, typeof set, enumerable, configurable, box.v]
}

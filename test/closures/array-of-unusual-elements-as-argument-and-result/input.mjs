const long = Array.from({ length: 50 }, (_, index) => index)
const change = list => {
  Object.defineProperty(list, 1, { writable: false })
  Object.defineProperty(list, 2, { enumerable: false })
  return Object.defineProperty(list, 3, { configurable: false })
}
const flags = list => [1, 2, 3, 4].map(index => {
  const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(list, index)
  return [writable, enumerable, configurable].map(Number).join('')
})
export default (short, long) => [flags(short), flags(long), change([1, 2, 3, 4, 5])]
export const args = [change([1, 2, 3, 4, 5]), change(long)]
export const returned = ([short, long, made]) => [short, long, flags(made)]

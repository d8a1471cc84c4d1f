const memo = fn => {
  const cache = new Map()
  return Object.assign(n => {
    if (!cache.has(n)) cache.set(n, fn(n))
    return cache.get(n)
  }, { cache })
}
const fib = memo(n => (n < 2 ? n : fib(n - 1) + fib(n - 2)))
fib(10)
export default () => [fib.cache.size, fib(40), fib.cache.size]

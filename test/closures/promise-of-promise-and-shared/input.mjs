const value = { v: 1 }
const promise = Promise.resolve(value)
await promise
const again = [promise, promise]
export default async () => [again[0] === again[1], (await promise) === value]

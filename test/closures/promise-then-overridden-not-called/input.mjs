let calls = 0
const promise = Promise.resolve(1)
Object.defineProperty(promise, 'then', { value: (...args) => (calls++, Promise.prototype.then.apply(promise, args)) })
export default async () => [calls, await promise, calls]

const done = Promise.resolve({ n: 1 })
const failed = Promise.reject(new TypeError('no'))
failed.catch(() => {})
await null
export default async () => [(await done).n, await failed.catch(error => [error.name, error.message]), done instanceof Promise]

const promise = Object.assign(Promise.resolve(1), { id: 7 })
export default async () => [promise.id, await promise]

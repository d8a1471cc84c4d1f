const settled = Promise.resolve({ value: 3 })
export default async () => (await settled).value

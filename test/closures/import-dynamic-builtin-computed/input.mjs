const name = 'path'
export default async () => (await import(`node:${name}`)).sep

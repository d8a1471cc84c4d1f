const name = './lazy.mjs'
export default async () => (await import(name)).x

const names = ['./lazy.mjs']
export default async () => (await import(names[0])).x

export default async () => (await import('./lib.mjs')).value()

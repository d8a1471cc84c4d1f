export default async () => (await import('./lazy.mjs')).read()

export default async () => {
  const [{ read }, { words, isMain }] = await Promise.all([import('./lazy.mjs'), import('./typed/lazy.mts')])
  return [read(), words(), isMain]
}

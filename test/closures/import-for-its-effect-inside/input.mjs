export default async () => {
  const before = globalThis.polyfilled ?? 'before'
  await import('polyfill')
  const after = globalThis.polyfilled
  delete globalThis.polyfilled
  return [before, after]
}

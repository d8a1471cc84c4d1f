export default async () => {
  const { add } = await import('./lazy.mjs')
  const { default: config } = await import('./config.json', { with: { type: 'json' } })
  return [add(1, 1), config]
}

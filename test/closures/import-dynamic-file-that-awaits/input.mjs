export default async () => {
  const { late, count } = await import('./late.mjs')
  return [late, typeof count]
}

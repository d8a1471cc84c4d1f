export default async () => {
  const loud = await import('loud')
  return [loud.shout('a'), Object.keys(loud).sort()]
}

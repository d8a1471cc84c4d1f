export default async () => {
  const copy = structuredClone(new Map([['a', [1]]]))
  const { promise, resolve } = Promise.withResolvers()
  setImmediate(resolve, 'immediate')
  return [copy.get('a'), await promise, await new Promise(done => process.nextTick(done, 'tick'))]
}

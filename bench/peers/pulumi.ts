/** The only other capture of closures by their variables that is alive in JavaScript. */
export async function pulumi(): Promise<(fn: (...args: never[]) => unknown) => Promise<string>> {
  const { default: peer } = await import('@pulumi/pulumi')
  return async fn => (await peer.runtime.serializeFunction(fn)).text
}

/** What a request's query says; of a name that comes twice, the last. */
export function queryOf({ url }: { readonly url: string }): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams)
}

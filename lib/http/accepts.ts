/** How an answer may be packed, the best first. */
const encodings = ['br', 'gzip'] as const
export type Encoding = (typeof encodings)[number]

/** The encoding that a client likes best, of those that we know, by its `Accept-Encoding` header; undefined: none of them. Pure. */
export function chosenEncoding(header: string | null): Encoding | undefined {
  const weights = new Map<string, number>()
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map(one => one.trim())
    const quality = parameters.find(one => one.startsWith('q='))?.slice(2) ?? '1'
    weights.set(name, /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality) ? Number(quality) : 0)
  }
  const any = weights.get('*') ?? 0
  const liking = { br: weights.get('br') ?? any, gzip: weights.get('gzip') ?? weights.get('x-gzip') ?? any }
  const best = encodings.reduce((one, other) => (liking[other] > liking[one] ? other : one))
  return liking[best] > 0 ? best : undefined
}

/** Whether one of the tags in `If-None-Match` is this one: weakly, as the same content in other bytes is the same. Pure. */
export function matchesTag(header: string | null, tag: string): boolean {
  if (header === null) return false
  const bare = (one: string): string => one.trim().replace(/^W\//, '')
  return header.trim() === '*' || header.split(',').some(one => bare(one) === bare(tag))
}

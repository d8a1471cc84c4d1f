/** Whether a client takes gzip, by its `Accept-Encoding` header. Pure. */
export function acceptsGzip(header: string | null): boolean {
  const weights = new Map<string, number>()
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map(one => one.trim())
    const quality = parameters.find(one => one.startsWith('q='))?.slice(2) ?? '1'
    weights.set(name, /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(quality) ? Number(quality) : 0)
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
}

/** Whether one of the tags in `If-None-Match` is this one: weakly, as the same content in other bytes is the same. Pure. */
export function matchesTag(header: string | null, tag: string): boolean {
  if (header === null) return false
  const bare = (one: string): string => one.trim().replace(/^W\//, '')
  return header.trim() === '*' || header.split(',').some(one => bare(one) === bare(tag))
}

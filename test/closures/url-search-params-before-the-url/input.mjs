const url = Object.assign(new URL('https://example.org/?b=1'), { tags: [] })
const query = Object.assign(url.searchParams, { of: { url } })
url.tags.push(query)
const apart = new URLSearchParams('b=1')
let deep = query
for (let level = 0; level < 250; level++) deep = [deep]

export const args = [new URL('https://example.org/?x=1').searchParams]

export default other => {
  query.set('b', '5')
  let found = deep
  while (Array.isArray(found)) found = found[0]
  found.append('c', '6')
  apart.set('b', '7')
  other.set('x', '8')
  return [query.of.url.href, query.of.url === url, url.tags[0] === query, found === query, String(apart), String(other)]
}

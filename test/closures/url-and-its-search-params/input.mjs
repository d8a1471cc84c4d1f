const url = new URL('https://example.org/a?b=1#c')
const params = url.searchParams

export default () => {
  params.set('b', '2 3')
  url.search = '?d=4'
  return [params === url.searchParams, url.href, params.get('d')]
}

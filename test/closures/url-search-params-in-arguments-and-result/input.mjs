const url = new URL('https://example.org/?b=1')

export const args = [[url.searchParams, url]]

export const returned = ([params, made]) => {
  params.set('z', '1')
  return [params instanceof URLSearchParams, made.href, params === made.searchParams]
}

export default ([params, given]) => {
  params.set('b', '2')
  if (given.href !== 'https://example.org/?b=2') throw new Error(given.href)
  return [params, given]
}

const url = new URL('https://example.org/a?b=1#c')
export default () => [url.hostname, url.searchParams.get('b'), url instanceof URL, url.href]

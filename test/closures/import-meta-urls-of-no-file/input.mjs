export default () => [new URL('.', import.meta.url).href.endsWith('import-meta-urls-of-no-file/'), new URL('https://a.example/b', import.meta.url).href]

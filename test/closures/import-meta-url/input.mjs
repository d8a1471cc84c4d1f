const here = import.meta.url
export default () => [import.meta.url === here, import.meta.url.endsWith('/import-meta-url/input.mjs')]

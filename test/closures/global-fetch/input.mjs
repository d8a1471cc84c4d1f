const get = fetch
export default () => [get === fetch, typeof fetch, typeof globalThis.Response]

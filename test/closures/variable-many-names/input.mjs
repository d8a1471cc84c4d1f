const a0 = 0, a1 = 1, a2 = 2, a3 = 3, a4 = 4, a5 = 5, a6 = 6, a7 = 7, a8 = 8, a9 = 9
const $ = '$', _ = '_', ünï = 'u', \u{61}bc = 'abc', let_ = 'l', async = 'async', of = 'of', get = 'get', set = 'set', type = 'type'
export default () => [a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9, $, _, ünï, abc, let_, async, of, get, set, type]

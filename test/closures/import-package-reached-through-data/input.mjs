import { types, Kind } from 'kinds'
const kept = { number: types.num, deep: types.inner.more.most, kind: new Kind(1) }
export default () => [kept.number === types.num, kept.deep === types.inner.more.most, kept.kind instanceof Kind]

import { tag, tagOf } from 'tags'
const plain = tag({ n: 1 }, 'plain')
const fn = tag(() => 1, { about: plain })
const list = tag([], undefined)
export default () => [tagOf(plain), tagOf(fn), tagOf(list), tagOf({}), tagOf(fn)[0].about === plain]

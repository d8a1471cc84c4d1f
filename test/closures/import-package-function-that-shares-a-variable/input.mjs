import { count, counter } from 'counts'
const next = counter('a')
export default () => [next(), next(), count(), next.total()]

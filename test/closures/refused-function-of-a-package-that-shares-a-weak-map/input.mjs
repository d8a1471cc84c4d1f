// As lodash/fp: what the package's other functions see too, which the job has from the package itself.
import meta from 'meta'
const named = meta.named('ada', value => value)
export default () => [meta.nameOf(named), named(1), meta.isNamed(named)]

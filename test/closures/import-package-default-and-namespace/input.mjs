import loud from 'loud'
import * as everything from 'loud'
export default () => [loud('a'), everything.default('b'), everything.mark, Object.keys(everything).sort()]

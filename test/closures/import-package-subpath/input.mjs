import { tiny } from 'loud/tiny'
import { big } from 'loud/sizes/big.js'
export default () => [tiny(), big()]

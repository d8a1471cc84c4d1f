import { which } from 'dual'
export default () => which

import { loud } from 'outer'
export default () => loud('x')

import { Even, Odd } from 'mixed'

const even = new Even(2)
const odd = new Odd(3)
export default () => [even.text(), odd.text()]

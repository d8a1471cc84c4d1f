import { Big } from 'numbers'
const Small = Big.clone(1)
const one = new Small(1 / 3)
const two = new Big(1 / 3)
export default () => [one.text(), new Small(2).copy().text(), two.text(), one instanceof Small, one instanceof Big, two instanceof Big]

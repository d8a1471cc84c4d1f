const of = function () {
  'use strict'
  return () => this
}
const five = of.call(5)
const nothing = of.call(null)
export default () => [five(), nothing()]

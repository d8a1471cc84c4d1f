import * as library from 'days'
import utc from 'days/utc'
library.default.extend(utc)
const name = ['def', 'ault'].join('')
export default () => {
  const days = library[name]
  return [days(1).format(), days.utc(2).isUtc, days.utc(3).format()]
}

import days from 'days'
import utc from 'days/utc'
days.extend(utc)
days.marks.own = n => n * 2
export default () => [days(1).format(), days.utc(2).isUtc, days.utc(3).format(), days.marks.own(4)]

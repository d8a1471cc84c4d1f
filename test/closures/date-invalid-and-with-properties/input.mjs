const never = new Date(Number.NaN)
const day = Object.assign(new Date(5), { note: 'x' })
export default () => [Number.isNaN(never.getTime()), day.getTime(), day.note, day instanceof Date]

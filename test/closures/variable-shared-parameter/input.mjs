const make = n => [() => ++n, () => n]
const [up, read] = make(3)
export default () => [up(), up(), read()]

const mine = { random: crypto }
export default () => mine.random.randomUUID()

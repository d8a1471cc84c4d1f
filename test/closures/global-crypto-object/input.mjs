const mine = { random: crypto, navigator }
export default () => [mine.random === crypto, typeof mine.random.randomUUID(), mine.navigator === navigator]

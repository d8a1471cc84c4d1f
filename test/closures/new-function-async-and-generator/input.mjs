const AsyncFunction = (async () => {}).constructor
const GeneratorFunction = function* () {}.constructor
const later = new AsyncFunction('x', 'return await x')
const count = new GeneratorFunction('yield 1; yield 2')
export default async () => [await later(3), [...count()]]

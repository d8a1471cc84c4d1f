const shared = { n: 1 }
const cycle = { shared }
cycle.self = cycle
export const args = [cycle, shared]
export default (a, b) => [a.self === a, a.shared === b, b.n]

const shared = { n: 1 }
const holder = { shared }
export const args = [{ n: 1 }]
export default given => [holder.shared === shared, given === shared, given.n]

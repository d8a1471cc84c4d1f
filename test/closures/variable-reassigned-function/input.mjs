let step = n => n + 1
const run = n => step(n)
step = n => n * 10
export const args = [2]
export default run

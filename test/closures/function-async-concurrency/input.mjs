const sleep = ms => new Promise(done => setTimeout(done, ms))
const limit = (max, running = 0, queue = []) => async task => {
  if (running >= max) await new Promise(go => queue.push(go))
  running++
  try {
    return await task()
  } finally {
    running--
    queue.shift()?.()
  }
}
const limited = limit(2)
let most = 0
let now = 0
export default async () => {
  const results = await Promise.all([1, 2, 3, 4].map(n => limited(async () => {
    most = Math.max(most, ++now)
    await sleep(2)
    now--
    return n * n
  })))
  return [results, most]
}

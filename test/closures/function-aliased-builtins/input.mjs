const { log, PI } = Math
const has = Object.prototype.hasOwnProperty
const push = [].push
const now = Date.now
const resolve = Promise.resolve.bind(Promise)
export default async () => {
  const list = []
  push.call(list, 1)
  return [log(1), PI > 3, has.call({ a: 1 }, 'a'), list, typeof now(), await resolve(4)]
}

let step = 1
function* walk() {
  for (let at = 0; ; at += step) yield at
}
const faster = () => step++
export default () => {
  const walker = walk()
  walker.next()
  faster()
  return [walker.next().value, walker.next().value]
}

let seen = 1
const make = hidden => [
  hidden => [hidden, text => eval(text)],
  () => seen++ + hidden++,
]
const [fn, up] = make(10)
up()
export const args = [5]
export default hidden => {
  const [mine, run] = fn(hidden)
  return [mine, run('hidden'), run('seen'), run('hidden = 6'), up(), run('seen + hidden')]
}

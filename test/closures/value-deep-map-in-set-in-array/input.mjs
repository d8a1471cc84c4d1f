let deep = 1
for (let index = 0; index < 5_000; index++) deep = new Map([[new Set([[deep]]), index]])
export default () => {
  let count = 0
  for (let at = deep; at !== 1; count++) [[at]] = [...at.keys()][0]
  return count
}

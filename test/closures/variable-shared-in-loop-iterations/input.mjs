const pairs = []
for (let i = 0; i < 3; i++) pairs.push({ up: () => ++i, now: () => i })
export default () => [pairs[0].up(), pairs[0].now(), pairs[1].now(), pairs[2].now()]

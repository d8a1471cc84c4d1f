const fs = []
switch (1) { case 0: let z = 0; case 1: let a = 1; fs.push(() => a++); case 2: fs.push(() => a) }
for (const k in { p: 1, q: 2 }) fs.push(() => k)
for (let i = 0, inc = () => i++; i < 2; inc(), i++) fs.push(() => [i, inc()])
export default () => fs.map(f => f())

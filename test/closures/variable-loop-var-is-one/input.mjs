var fns = []
for (var i = 0; i < 3; i++) fns.push(() => i)
export default () => fns.map(f => f())

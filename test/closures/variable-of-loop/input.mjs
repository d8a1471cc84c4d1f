const loop = []
for (let i = 0; i < 3; i++) loop.push(() => i)
export default () => loop.map(f => f())

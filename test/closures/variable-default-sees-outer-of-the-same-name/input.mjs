let x = 1, y = 2
const f = (a = x, b = () => y) => { let y = 10; return [a, b(), y] }
const g = ({ x: x2 = x, ...rest } = { z: y }, [p = y, , ...q] = [undefined, 0, x]) => [x2, rest, p, q]
const h = (a, b = eval('a + x')) => b
export default () => [f(), g(), h(5)]

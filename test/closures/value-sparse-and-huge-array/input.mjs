const sparse = []
sparse[4_000_000_000] = 1
const holes = [1, , 3]
holes.length = 5
export default () => [sparse.length, Object.keys(sparse), 1 in holes, holes.length, Object.keys(holes)]

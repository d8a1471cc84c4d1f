const sparse = [1, , 3]
sparse.length = 5
export default () => [sparse.length, 1 in sparse, 4 in sparse, Object.keys(sparse)]

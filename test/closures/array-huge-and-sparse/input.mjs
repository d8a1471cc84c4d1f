const huge = []
huge[4_000_000_000] = 'far'
export default () => [huge.length, huge[4_000_000_000], Object.keys(huge).length]

let empty
const hole = { empty }
export default () => [empty === undefined, 'empty' in hole, typeof empty]

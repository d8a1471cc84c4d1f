const { max } = Math
export default () => max(1, 2) === Math.max(1, 2) && max === Math.max

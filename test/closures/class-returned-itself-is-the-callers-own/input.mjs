class Point {}
export default () => Point
export const returned = it => it === Point

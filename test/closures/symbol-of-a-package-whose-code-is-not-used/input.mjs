import { CIRCLE, isCircle } from 'kinds'
const shape = { kind: CIRCLE }
export const check = () => isCircle(shape)
export default () => [typeof shape.kind, shape.kind.description]

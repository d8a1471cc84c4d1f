import { CIRCLE, isCircle, kinds } from 'kinds'
const shape = { kind: CIRCLE, [kinds.round.oval]: true }
const kind = CIRCLE
const all = new Map([[CIRCLE, 'round']])
export default () => [isCircle(shape), kind === CIRCLE, all.get(CIRCLE), Object.getOwnPropertySymbols(shape)[0] === kinds.round.oval]

let kept
const tag = strings => strings
const site = () => tag`x`
const other = () => tag`y`
kept = site()
export default () => [Array.isArray(kept), Object.isFrozen(kept), kept.raw[0], kept === site(), site() === site(), kept === other()]

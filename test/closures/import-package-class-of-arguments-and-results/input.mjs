import { Big } from 'numbers'
export const args = [new Big(2)]
export default big => ({ was: big instanceof Big, big: new Big(big.n * 2) })
export const returned = ({ was, big }) => [was, big instanceof Big, big.text()]

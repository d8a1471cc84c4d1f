import * as pair from 'pair'
const held = { pair }
export default () => [held.pair.b, held.pair === pair]

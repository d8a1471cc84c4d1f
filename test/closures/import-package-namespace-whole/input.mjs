import * as pair from 'pair'
export default () => [Object.keys(pair).sort(), pair['b']]

import { Tally } from 'tally'

const tally = new Tally('t')
tally.add()
tally.add()
export default () => [tally.count(), tally.add(), tally.count(), tally.add()]

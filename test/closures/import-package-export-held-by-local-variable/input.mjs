import { shout } from 'loud'
const kept = { shout, list: [shout] }
export default () => [kept.shout('a'), kept.list[0] === shout]

import { Loud } from 'greet'

const loud = new Loud('!')
export default () => [loud.say('ann'), loud instanceof Loud]

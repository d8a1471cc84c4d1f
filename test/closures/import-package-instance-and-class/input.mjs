import { Voice } from 'loud'
const voice = new Voice('v')
export default () => [voice.say(), voice instanceof Voice, voice.name]

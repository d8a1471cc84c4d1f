import compiled from 'compiled'
const { Voice } = compiled
const voice = new Voice('v')
export default () => [voice instanceof compiled.Voice, voice.name]

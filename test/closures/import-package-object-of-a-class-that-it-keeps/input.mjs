import { open } from 'boxes'
const box = open('a')
export default () => [box.get(), box.set('b').get(), box.constructor.name]

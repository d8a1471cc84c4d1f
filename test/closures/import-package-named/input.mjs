import { shout } from 'loud'
export const args = ['a']
export default text => shout(text)

import { make } from 'loud'
const made = make()
export default () => made()

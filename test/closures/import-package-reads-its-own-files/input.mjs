import { words } from 'reader'
export default () => words()

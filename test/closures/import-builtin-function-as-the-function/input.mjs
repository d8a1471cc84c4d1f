import { basename } from 'node:path'
export const args = ['/x/y']
export default basename

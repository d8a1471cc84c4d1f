import { basename } from 'node:path'
export default () => basename('/a/b')

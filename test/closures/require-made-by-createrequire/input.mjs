import { createRequire } from 'node:module'
const load = createRequire(import.meta.url)
export default () => [load('loud').shout('a'), load('path').basename('a/b')]

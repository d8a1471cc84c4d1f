import { Script } from 'node:vm'
const script = new Script('1')
export default () => script.runInThisContext()

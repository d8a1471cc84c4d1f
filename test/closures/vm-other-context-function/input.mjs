import vm from 'node:vm'
const f = vm.runInNewContext('(a => a + 1)')
export default () => f(1)

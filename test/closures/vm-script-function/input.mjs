import vm from 'node:vm'
const f = vm.runInThisContext('(function (a) { return a + 1 })', { filename: 'made-up.js' })
export default () => f(1)

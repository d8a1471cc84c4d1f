import vm from 'node:vm'
const it = new vm.Script('1')
export default () => it

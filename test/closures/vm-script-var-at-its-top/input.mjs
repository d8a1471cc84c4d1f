import vm from 'node:vm'
const [read, up] = vm.runInThisContext(`
  var caseVmTopVar = 6
  let caseVmTopLet = 5
  function caseVmTopFunction() { return caseVmTopVar }
  ;[function () { return [caseVmTopVar, caseVmTopLet, caseVmTopFunction()] }, () => ++caseVmTopVar]
`)
const other = new Function('return caseVmTopVar')
export default () => [read(), up(), read(), other()]
export const returned = result => [...result, globalThis.caseVmTopVar]

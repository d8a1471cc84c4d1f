const real = Function.prototype.toString
let n = 3
const f = () => n
f.toString = () => 'nothing'
Function.prototype.toString = function () { return 'patched ' + real.call(this).length }
export default () => [f(), f.toString()]

const local = 1
export default () => [(0, eval)('typeof local'), globalThis.eval('1 + 1')]

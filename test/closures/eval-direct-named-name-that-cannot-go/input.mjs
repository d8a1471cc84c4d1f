const weak = new WeakMap()
export default () => [weak, eval('1')]

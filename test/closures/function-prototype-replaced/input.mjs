function Old() {}
Old.prototype = { hello: () => 'h' }
const made = new Old()
export default () => [new Old().hello(), made instanceof Old, 'constructor' in Old.prototype]

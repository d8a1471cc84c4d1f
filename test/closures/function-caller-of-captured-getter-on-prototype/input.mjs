function Old(x) { if (!(this instanceof Old)) return new Old(x); this.x = x }
Old.prototype = { constructor: Old, get double() { return this.x * 2 }, toString() { return 'Old ' + this.x } }
Old.of = Old
const o = Old(4)
export default () => [o.double, String(o), Old(1).double, new Old.of(2).double, o instanceof Old, Old.of === Old]

exports.count = () => 3
exports.name = 'three'
exports.cache = new WeakMap()

exports.base = 10
exports.add = x => x + exports.base

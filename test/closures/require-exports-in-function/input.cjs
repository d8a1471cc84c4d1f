exports.count = 5
exports.next = () => ++exports.count
exports.default = () => [exports.next(), exports.first()]
exports.first = () => 1

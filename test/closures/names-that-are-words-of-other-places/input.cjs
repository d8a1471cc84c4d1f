var let_ = 0
var let = 1, static = 2, await = 3, yield = 4, async = 5, of = 6, get = 7, set = 8, implements = 9, package = 10, as = 11, from = 12, target = 13, type = 14
exports.default = () => [let, static, await, yield, async, of, get, set, implements, package, as, from, target, type]

var let_ = 1, yield_ = 2
var let = 3
var static = 4, implements = 5, await = 6
exports.default = () => [let_, yield_, let, static, implements, await]

const factor = 10
exports.add = (a, b) => a + b + factor

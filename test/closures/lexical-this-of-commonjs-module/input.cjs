exports.mark = 4
exports.default = () => this.mark
module.exports.default.id = 'x'

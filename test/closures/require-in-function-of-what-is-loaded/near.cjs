let n = 0
exports.set = value => { n = value }
exports.read = () => n

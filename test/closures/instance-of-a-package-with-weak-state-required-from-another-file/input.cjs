const Crate = require('crates')
const crate = new Crate(5)
exports.default = () => [crate.size(), crate instanceof Crate, new Crate(1).size()]

const config = require('./config.json')
const { list } = require('./config.json')
exports.default = () => [config.level, list, config.list === list]

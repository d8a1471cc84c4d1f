const { how } = require('either')
module.exports = () => how()

'use strict'
const state_1 = require('./state.cjs')

module.exports = read => [(0, state_1.up)(), read(), (0, state_1.up)(), read()]
module.exports.args = [() => state_1.count]

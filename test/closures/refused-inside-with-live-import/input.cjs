const state = require('./state.mjs')
let read
with ({ x: 1 }) read = () => [state.count, x]
exports.default = () => { state.up(); return read() }

const { shout } = require('loud')
const loud = require('loud')
const { mark = '?', ...rest } = require('loud')
exports.default = () => [shout('a'), loud.shout('b'), mark, typeof rest.shout]

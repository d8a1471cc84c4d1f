module.exports.default = () => require.resolve('./near.cjs')

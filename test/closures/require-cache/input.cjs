module.exports.default = () => Object.keys(require.cache).length

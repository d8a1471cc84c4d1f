module.exports.default = () => module

exports.default = () => require('plain').twice(4)

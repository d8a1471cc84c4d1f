exports.default = () => require('node:path').basename('/a/b')

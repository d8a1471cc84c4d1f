function config() {}
config.x = 1
let read
with (config) read = () => x
exports.default = () => read()

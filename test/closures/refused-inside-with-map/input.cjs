const map = new Map([['a', 1]])
let read
with (map) read = () => size
exports.default = () => read()

let read
with ({ x: 1 }) read = eval('() => x')
exports.default = () => read()

// Of what the worker has itself, the worker's own is meant.
let area
let join2
with (Math) area = r => [PI > 3, max(r, 2), Math.max === max]
with (require('node:path')) join2 = (...parts) => join(...parts)
exports.default = () => [area(5), join2('a', 'b')]

// An argument brings its block along; what another argument holds of it is that object.
const state = { n: 1 }
let up
with (state) up = () => ++n
exports.default = (f, held) => [f(), f(), held.n]
exports.args = [up, state]

// What the text says for `arguments` is replaced on its way.
let read
function make() {
  with ({ arguments: 'own' }) read = () => arguments
}
make(1)
exports.default = () => read()

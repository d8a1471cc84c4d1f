function make() {
  implicit = (typeof implicit === 'undefined' ? 0 : implicit) + 1
  return implicit
}
exports.default = () => [make(), make(), typeof globalThis.implicit]

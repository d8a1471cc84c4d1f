{
  function inBlock() {
    return 'block'
  }
}
exports.default = () => inBlock()

module.exports = function make(value) {
  return { value }
}
module.exports.extra = 1

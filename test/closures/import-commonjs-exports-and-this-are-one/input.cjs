exports.base = 2
this.more = 3
exports.twice = x => this.base * x
const own = module.exports
exports.default = () => {
  exports.base = 5
  return [exports.twice(4), exports.more, module.exports === exports, own === exports, exports.base, module.exports.base]
}

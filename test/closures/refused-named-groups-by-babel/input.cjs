// In the manner of Babel below ES2018: the names of a regular expression's groups are kept beside it.
function _wrapRegExp() {
  _wrapRegExp = function (re, groups) {
    return new BabelRegExp(re, undefined, groups)
  }
  const _super = RegExp.prototype
  const _groups = new WeakMap()
  function BabelRegExp(re, flags, groups) {
    const _this = new RegExp(re, flags)
    _groups.set(_this, groups || _groups.get(re))
    return Object.setPrototypeOf(_this, BabelRegExp.prototype)
  }
  Object.setPrototypeOf(BabelRegExp.prototype, _super)
  BabelRegExp.prototype.exec = function (text) {
    const found = _super.exec.call(this, text)
    if (found) found.groups = Object.fromEntries(Object.entries(_groups.get(this)).map(([name, at]) => [name, found[at]]))
    return found
  }
  return _wrapRegExp.apply(this, arguments)
}
const year = _wrapRegExp(/(\d+)/, { year: 1 })

const find = () => year.exec('in 1999').groups.year

module.exports = find

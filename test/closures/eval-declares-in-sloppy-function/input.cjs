exports.default = function () {
  eval('var made = 5')
  return made
}

exports.default = function () {
  var object = { a: 010 }
  delete object.b
  return object.a
}

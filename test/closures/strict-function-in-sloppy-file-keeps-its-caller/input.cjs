exports.default = function () {
  'use strict'
  try {
    undeclared = 1
  } catch (error) {
    return error.name
  }
}

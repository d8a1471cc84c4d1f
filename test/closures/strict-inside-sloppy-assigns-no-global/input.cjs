module.exports = function () {
  made = 1
  const strict = () => {
    'use strict'
    try {
      unheardOf = 2
      return 'no error'
    } catch (error) {
      return error.name
    }
  }
  return [made, strict(), typeof unheardOf]
}

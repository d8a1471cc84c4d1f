exports.default = (function (undefined, NaN, Infinity, Object, Array, Function, Reflect, Promise, globalThis, eval, arguments_) {
  return () => [undefined, NaN, Infinity, Object, Array, Function, Reflect, Promise, globalThis, eval]
})(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)

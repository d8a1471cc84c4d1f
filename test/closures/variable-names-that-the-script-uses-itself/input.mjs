const picloud$values = 1
const exports = 4
const module = 5
const require = 6
const arguments_ = 7
export default () => [picloud$values, exports, module, require, arguments_]

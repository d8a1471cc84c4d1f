import '../../dist/lib/index.js'

console.log(6)

const name = './near.cjs'
module.exports = () => require(name).value()

const held = { load: require }
module.exports.default = () => held.load('./near.cjs')

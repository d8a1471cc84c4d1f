module.exports = { Kind: class Kind {} }

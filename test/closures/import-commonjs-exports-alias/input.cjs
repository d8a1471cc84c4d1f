const api = (module.exports = { base: 2 })
api.twice = x => api.base * x
api.default = () => [api.twice(4), module.exports === api]

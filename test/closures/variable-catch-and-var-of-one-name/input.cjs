var seen
try { throw 'e' } catch (e) { var e = 'assigned'; seen = () => e }
exports.default = () => [seen(), typeof e]

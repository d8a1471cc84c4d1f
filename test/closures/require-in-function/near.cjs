const hidden = 7
exports.value = () => hidden

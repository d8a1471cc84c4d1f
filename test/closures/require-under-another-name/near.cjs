exports.x = 'near'

exports.value = () => 7

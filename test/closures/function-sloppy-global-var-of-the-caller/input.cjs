globalThis.picloudShared = { level: 3 }
exports.default = () => picloudShared.level

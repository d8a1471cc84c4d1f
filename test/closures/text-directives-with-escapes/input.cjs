function notStrict() { 'use\x20strict'; return this === globalThis }
function strict() { 'other'; "use strict"; return this === undefined }
function late() { ('use strict'); return this === globalThis }
exports.default = () => [notStrict(), strict(), late()]

exports.default = () => [typeof neverDeclared, (() => { try { neverDeclared } catch (e) { return e.name } })(), delete globalThis.neverDeclared]

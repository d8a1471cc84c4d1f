const bare = { __proto__: null, told() { try { return super.x } catch (error) { return error instanceof TypeError ? undefined : error } } }
const plain = { told() { return super.x }, text() { return super.toString() } }
export default () => [String(bare.told()), String(plain.told()), plain.text() === '[object Object]']

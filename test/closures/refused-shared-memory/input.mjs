const shared = new Uint8Array(new SharedArrayBuffer(8))
export default () => shared[0]

const buffer = new ArrayBuffer(8)
buffer.transfer()
export default () => buffer.byteLength

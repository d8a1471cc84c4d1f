const buffer = new ArrayBuffer(2, { maxByteLength: 8 })
const bytes = new Uint8Array(buffer)
bytes[1] = 3
export default () => {
  buffer.resize(4)
  return [buffer.resizable, buffer.maxByteLength, bytes.length, bytes[1]]
}

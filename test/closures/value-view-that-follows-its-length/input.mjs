const buffer = new ArrayBuffer(4, { maxByteLength: 8 })
const bytes = new Uint8Array(buffer)
export default () => {
  buffer.resize(8)
  return bytes.length
}

const buffer = new ArrayBuffer(8, { maxByteLength: 16 })
const bytes = new Uint8Array(buffer, 0, 8)
const words = new Uint16Array(buffer, 2, 2)
export default () => {
  bytes[2] = 7
  return [words[0], buffer.resizable, buffer.maxByteLength, words.buffer === bytes.buffer]
}

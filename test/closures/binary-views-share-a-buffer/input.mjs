const buffer = new ArrayBuffer(8)
const bytes = new Uint8Array(buffer, 2, 4)
const words = new DataView(buffer)
bytes[0] = 7
export default () => {
  bytes[1] = 9
  return [words.getUint8(2), words.getUint8(3), bytes.byteOffset, bytes.length, bytes.buffer === words.buffer]
}

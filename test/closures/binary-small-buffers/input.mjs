// Node cuts these out of one pool, each time at another place of it.
const greeting = Buffer.from('hello')
const parts = { name: Buffer.from('Ada'), tail: greeting.subarray(3), words: new Uint16Array(greeting.buffer, greeting.byteOffset, 2) }
export const args = [Buffer.from('!')]
export default mark => {
  greeting[4] = 0x79
  return [`${greeting} ${parts.name}${mark}`, String(parts.tail), parts.words.length, parts.words.buffer === greeting.buffer]
}

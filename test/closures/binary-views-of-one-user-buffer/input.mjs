// As large as Node's pool, and none.
const memory = new ArrayBuffer(Buffer.poolSize)
const head = new Uint8Array(memory, 0, 4)
const tail = new Float64Array(memory, 4096, 2)
export default () => [head.buffer === tail.buffer, tail.byteOffset - head.byteOffset]

const buffer = Buffer.alloc(5, 'hello')
const floats = Float32Array.of(1.5)
const bigs = BigInt64Array.of(-1n)
export default () => [buffer.toString(), Buffer.isBuffer(buffer), floats[0], String(bigs[0]), floats.constructor.name]

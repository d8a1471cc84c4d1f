import tools from 'tools'
import converted from 'tools/converted.js'

// What a program puts on built-ins looks like them, and is the program's.
console.success = text => `well: ${text}`
URL.from = class From {
  constructor(text) {
    this.text = text
  }
}
const { success } = console
const held = { max: Math.max, success, From: URL.from, parse: URL.parse, convert: converted.isBuffer.convert }

export default () => [
  held.max(1, 2),
  held.success('x'),
  new held.From('y').text,
  held.parse('a:b').href,
  held.convert(1),
  tools.isBuffer(1),
  tools.isArray([]),
]

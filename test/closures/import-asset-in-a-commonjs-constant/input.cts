const fs = require('node:fs')
const path = require('node:path')
const notes: string = path.join(__dirname, 'notes')
const first = () => fs.readFileSync(`${notes}/a.txt`, 'utf8').trim()
exports.default = (): unknown[] => [first(), fs.existsSync(path.join(__dirname, 'input.cts'))]

// As fake timers do, which also give their functions members of their own.
import querystring from 'node:querystring'

const table = { a: 1 }
const replaced = text => text.toUpperCase()
replaced.table = table
querystring.unescapeMine = replaced

export default () => table.a

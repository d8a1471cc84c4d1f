import * as path from 'node:path'
export default () => [path.join('a', 'b'), path.posix.sep, path.default.sep]

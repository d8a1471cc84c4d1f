import path from 'node:path'
import * as url from 'node:url'
const tools = { path, url, posix: path.posix, join: path.join }
export default () => [tools.path.sep, tools.url.pathToFileURL('/a').href, tools.posix === tools.path.posix, tools.join('a', 'b'), tools.path === path]

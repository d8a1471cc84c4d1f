// Another file has the schemas: the function itself knows nothing of the package.
import { bare, name } from './schemas.mjs'
export default () => [name.about().text, name.about().by.about().text, bare.about()?.text ?? null, name.check('x')]

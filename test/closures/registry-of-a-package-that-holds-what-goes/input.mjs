// As descriptions of zod's schemas: what a registry holds for an object goes with it, and what that leads to.
import * as shapes from 'shapes'
const inner = shapes.text().describe('inside')
const name = shapes.text().describe('a name', inner)
const bare = shapes.text()
export default () => [name.about().text, name.about().by.about().text, bare.about()?.text ?? null, shapes.registry.has(inner), name.check('x')]

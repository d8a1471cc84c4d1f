import schemas from 'schemas'
const validate = schemas.compile({ type: 'number', least: 2 })
const other = schemas.compile({ type: 'string' })
export default () => [validate(3), validate(1), validate.errors, other('x'), validate instanceof schemas.Validator, schemas.known('number')]

import { meta, schemaOf, Type } from 'types'

const schema = schemaOf('a', 'b')

export default () => [
  Object.keys(schema.type.fields),
  schema.meta === meta.fields,
  schema.meta.kind.text,
  schema.kind.of === meta,
  schema.isMarked(meta.fields.name),
  schema.isMarked(schema.type.fields.a),
  schema.kind.mark === schema.meta.name.mark,
  schema.type instanceof Type,
  typeof meta.uses.request,
]

import type * as z from 'zod'
import type * as Schemas from '../../protocol/routes.ts'

/** A schema of `lib/protocol/routes.ts`, by its name there. */
export type SchemaName = {
  [Name in keyof typeof Schemas]: (typeof Schemas)[Name] extends z.ZodType ? Name : never
}[keyof typeof Schemas]

type Read<Name extends SchemaName> = z.output<(typeof Schemas)[Name]>

/**
 * As `reader`, of a schema that is loaded for the first request that needs it: with its library it takes as long as all else
 * that a first call loads.
 * @param plain takes what is plainly right as the schema would, without it; undefined of all else, which is the schema's to judge
 */
export function lateReader<Name extends SchemaName>(
  name: Name,
  plain: (value: unknown) => Read<Name> | undefined = () => undefined,
): (value: unknown) => Read<Name> | Promise<Read<Name>> {
  let read: ((value: unknown) => Read<Name>) | undefined
  let loading: Promise<void> | undefined
  const load = async (): Promise<void> => {
    const [{ reader }, schemas] = await Promise.all([import('./reader.ts'), import('../../protocol/routes.ts')])
    read = reader(schemas[name] as unknown as z.ZodType<Read<Name>>)
  }
  return value => {
    const taken = plain(value)
    if (taken !== undefined) return taken
    if (read !== undefined) return read(value)
    loading ??= load()
    return loading.then(() => (read as (value: unknown) => Read<Name>)(value))
  }
}

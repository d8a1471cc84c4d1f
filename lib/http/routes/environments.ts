import {
  environmentAnswerSchema,
  environmentListSchema,
  environmentNameSchema,
  environmentRequestSchema,
  environmentSchema,
} from '../../protocol/environments.ts'
import { pageRequestSchema } from '../../protocol/page.ts'
import { paths } from '../../protocol/paths.ts'
import { json, nothing } from '../answer.ts'
import { readJson } from '../request/body.ts'
import { withCursor, withName } from '../request/name-cursor.ts'
import { queryOf } from '../request/query.ts'
import { reader } from '../request/reader.ts'
import type { Route, Service } from '../route.ts'

/** Bytes of a body that creates an environment: names, hashes, and what the install said. */
const MAX_ENVIRONMENT_JSON_BYTES = 256 * 1024

const environmentName = reader(environmentNameSchema)
const environmentRequest = reader(environmentRequestSchema)
const listRequest = reader(pageRequestSchema)

export function environmentRoutes({ environments }: Service): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.environments,
      scope: 'read',
      summary: 'Environments, in the order of their names, and the platform of the workers.',
      body: 'none',
      asks: pageRequestSchema,
      answers: 'json',
      answer: environmentListSchema,
      handle: async ({ request }) => json(withCursor(await environments.list(withName(listRequest(queryOf(request)))))),
    },
    {
      method: 'get',
      path: paths.environment,
      scope: 'read',
      summary: 'An environment: its packages, and what their install said.',
      body: 'none',
      answers: 'json',
      answer: environmentSchema,
      handle: async ({ param }) => json(await environments.info(environmentName(param('name')))),
    },
    {
      method: 'put',
      path: paths.environment,
      scope: 'submit',
      summary: 'Gives a name to an archive whose pieces are there, in place of what it meant.',
      body: 'json',
      asks: environmentRequestSchema,
      answers: 'json',
      answer: environmentAnswerSchema,
      async handle({ request, param }) {
        const name = environmentName(param('name'))
        const asked = environmentRequest(await readJson(request, MAX_ENVIRONMENT_JSON_BYTES))
        return json(await environments.create(name, asked))
      },
    },
    {
      method: 'delete',
      path: paths.environment,
      scope: 'submit',
      summary: 'Forgets an environment. Jobs that were submitted with it keep it.',
      body: 'none',
      answers: 'none',
      status: 204,
      async handle({ param }) {
        await environments.delete(environmentName(param('name')))
        return nothing()
      },
    },
  ]
}

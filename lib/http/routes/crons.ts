import {
  cronInfoSchema,
  cronLabelRequestSchema,
  cronListAnswerSchema,
  cronRequestSchema,
  cronRunAnswerSchema,
  cronRunRequestSchema,
} from '../../protocol/cron.ts'
import { pageRequestSchema } from '../../protocol/page.ts'
import { paths } from '../../protocol/paths.ts'
import { submitAnswerSchema } from '../../protocol/routes.ts'
import { json, nothing } from '../answer.ts'
import { readJson } from '../request/body.ts'
import { withCursor, withName } from '../request/name-cursor.ts'
import { queryOf } from '../request/query.ts'
import { reader } from '../request/reader.ts'
import type { Route, Service } from '../route.ts'

/** Bytes of a body that registers a cron: a thousand hashes of modules are most of it. */
const MAX_CRON_BYTES = 128 * 1024
/** Bytes of a body that only names one. */
const MAX_SMALL_BYTES = 8 * 1024

const labelRequest = reader(cronLabelRequestSchema)
const cronRequest = reader(cronRequestSchema)
const listRequest = reader(pageRequestSchema)
const runRequest = reader(cronRunRequestSchema)

export function cronRoutes({ crons }: Service): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.crons,
      scope: 'read',
      summary: 'Lists crons, in the order of their labels.',
      body: 'none',
      asks: pageRequestSchema,
      answers: 'json',
      answer: cronListAnswerSchema,
      async handle({ request }) {
        return json(withCursor(await crons.list(withName(listRequest(queryOf(request))))))
      },
    },
    {
      method: 'get',
      path: paths.cron,
      scope: 'read',
      summary: 'A cron: its schedule, its last run and its next ones.',
      body: 'none',
      asks: cronLabelRequestSchema,
      answers: 'json',
      answer: cronInfoSchema,
      also: [404],
      async handle({ request }) {
        return json(await crons.info(labelRequest(queryOf(request)).label))
      },
    },
    {
      method: 'put',
      path: paths.crons,
      scope: 'submit',
      summary: 'Registers a cron, in the place of any of that label; or names the bundles that it lacks.',
      body: 'json',
      asks: cronRequestSchema,
      answers: 'json',
      answer: submitAnswerSchema,
      async handle({ request, principal }) {
        return json(await crons.register(cronRequest(await readJson(request, MAX_CRON_BYTES)), principal))
      },
    },
    {
      method: 'post',
      path: paths.cronDelete,
      scope: 'submit',
      summary: 'Ends a cron. Jobs that it started run on.',
      body: 'json',
      asks: cronLabelRequestSchema,
      answers: 'none',
      status: 204,
      also: [404],
      async handle({ request, principal }) {
        await crons.deregister(labelRequest(await readJson(request, MAX_SMALL_BYTES)).label, principal)
        return nothing()
      },
    },
    {
      method: 'post',
      path: paths.cronRun,
      scope: 'submit',
      summary: 'Runs a cron now, besides its schedule.',
      body: 'json',
      asks: cronRunRequestSchema,
      answers: 'json',
      answer: cronRunAnswerSchema,
      also: [404],
      async handle({ request, principal }) {
        return json(await crons.run(runRequest(await readJson(request, MAX_SMALL_BYTES)), principal))
      },
    },
  ]
}

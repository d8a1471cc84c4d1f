import * as z from 'zod'
import { pageRequestSchema } from '../../protocol/page.ts'
import { paths } from '../../protocol/paths.ts'
import {
  acceptedSchema,
  publishAnswerSchema,
  publishedLabelSchema,
  publishedListSchema,
  publishedSchema,
  publishRequestSchema,
} from '../../protocol/published.ts'
import { json, nothing } from '../answer.ts'
import { readJson } from '../request/body.ts'
import { withCursor, withName } from '../request/name-cursor.ts'
import { MAX_CALL_BYTES, readArguments } from '../request/named-body.ts'
import { queryOf } from '../request/query.ts'
import { reader } from '../request/reader.ts'
import type { Route, Service } from '../route.ts'
import { resultAnswer, SYNCHRONOUS_MS } from './single-result.ts'

/** Bytes of a body that publishes: parameters and what is said of them. */
const MAX_PUBLISH_BYTES = 64 * 1024

const label = reader(publishedLabelSchema)
const publishRequest = reader(publishRequestSchema)
const listRequest = reader(pageRequestSchema)

export function publishedRoutes(engine: Service): readonly Route[] {
  return [...managing(engine), ...calling(engine)]
}

function managing({ published }: Service): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.published,
      scope: 'read',
      summary: 'What is published.',
      body: 'none',
      asks: pageRequestSchema,
      answers: 'json',
      answer: publishedListSchema,
      async handle({ request }) {
        return json(withCursor(await published.list(withName(listRequest(queryOf(request))))))
      },
    },
    {
      method: 'put',
      path: paths.publishedOne,
      scope: 'submit',
      summary: 'Publishes a function under a label, in place of what had it.',
      body: 'json',
      asks: publishRequestSchema,
      answers: 'json',
      answer: publishAnswerSchema,
      async handle({ request, param }) {
        const asked = publishRequest(await readJson(request, MAX_PUBLISH_BYTES))
        return json(await published.publish(label(param('label')), asked))
      },
    },
    {
      method: 'get',
      path: paths.publishedOne,
      scope: 'read',
      summary: 'A published function: its parameters and what its author says of it.',
      body: 'none',
      answers: 'json',
      answer: publishedSchema,
      async handle({ param }) {
        return json(await published.info(label(param('label'))))
      },
    },
    {
      method: 'delete',
      path: paths.publishedOne,
      scope: 'submit',
      summary: 'Takes it back. Jobs of it go on.',
      body: 'none',
      answers: 'none',
      status: 204,
      async handle({ param }) {
        await published.remove(label(param('label')))
        return nothing()
      },
    },
  ]
}

function calling(engine: Service): readonly Route[] {
  const { published } = engine
  const named = z.record(z.string(), z.unknown())
  return [
    {
      method: 'post',
      path: paths.publishedJobs,
      scope: 'submit',
      summary: 'A job of a published function, with arguments by name. Does not wait.',
      body: 'json',
      asks: named,
      answers: 'json',
      answer: acceptedSchema,
      status: 201,
      also: [409],
      async handle({ request, param, principal }) {
        const args = await readArguments(request, MAX_CALL_BYTES)
        return json(accepted(await published.invoke(label(param('label')), args, principal)), 201)
      },
    },
    {
      method: 'get',
      path: paths.calls,
      scope: 'read',
      summary: 'What a POST here calls, and with which arguments.',
      body: 'none',
      answers: 'json',
      answer: publishedSchema,
      async handle({ param }) {
        return json(await published.info(label(param('label'))))
      },
    },
    {
      method: 'post',
      path: paths.calls,
      scope: 'submit',
      summary:
        'Calls a published function with arguments by name, and answers with its result, or 202 when it takes longer.',
      body: 'json',
      asks: named,
      answers: 'json',
      also: [202, 409, 422],
      async handle({ request, param, principal }) {
        const args = await readArguments(request, MAX_CALL_BYTES)
        const jid = await published.invoke(label(param('label')), args, principal)
        const result = await engine.awaitResult(jid, SYNCHRONOUS_MS, request.signal)
        return result === undefined ? json(accepted(jid), 202) : resultAnswer(jid, result)
      },
    },
  ]
}

function accepted(jid: number): z.infer<typeof acceptedSchema> {
  return { jid, result: paths.result.replace(':jid', String(jid)) }
}

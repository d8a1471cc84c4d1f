import { MAX_REQUEST_BYTES } from '../../protocol/limits.ts'
import { endsSection } from '../../protocol/packed.ts'
import { paths } from '../../protocol/paths.ts'
import { scopesOf } from '../../protocol/scope.ts'
import { frame, json, nothing } from '../answer.ts'
import { readFrame, readJson } from '../request/body.ts'
import { lateReader } from '../request/late-reader.ts'
import { plainCallHeader, plainLeaseRequest, plainSubmitHeader, plainWaitRequest } from '../request/plain-requests.ts'
import { queryOf } from '../request/query.ts'
import type { Route, Service } from '../route.ts'

/** Bytes of a JSON body that is no frame: 1,000 ranges and a few options. */
const MAX_JSON_BYTES = 256 * 1024

const leaseRequest = lateReader('leaseRequestSchema', plainLeaseRequest)
const submitHeader = lateReader('submitHeaderSchema', plainSubmitHeader)
const callHeader = lateReader('callHeaderSchema', plainCallHeader)
const waitRequest = lateReader('waitRequestSchema', plainWaitRequest)
const statusRequest = lateReader('statusRequestSchema')
const infoRequest = lateReader('infoRequestSchema')
const listRequest = lateReader('listRequestSchema')
const killRequest = lateReader('killRequestSchema')
const deleteRequest = lateReader('deleteRequestSchema')

export function jobRoutes(engine: Service): readonly Route[] {
  return [...submitting(engine), ...reading(engine), ...ending(engine)]
}

function submitting(engine: Service): readonly Route[] {
  return [
    {
      method: 'post',
      path: paths.jids,
      scope: 'submit',
      summary: 'Leases jids for submissions to come; an idle lease expires.',
      body: 'json',
      asks: 'leaseRequestSchema',
      answers: 'json',
      answer: 'leaseAnswerSchema',
      async handle({ request }) {
        const asked = await leaseRequest(await readJson(request, MAX_JSON_BYTES))
        return json(await engine.lease(asked))
      },
    },
    {
      method: 'post',
      path: paths.jobs,
      scope: 'submit',
      summary: 'Submits jobs on leased jids. The same submission sent again changes nothing.',
      body: 'frame',
      asks: 'submitHeaderSchema',
      answers: 'json',
      answer: 'submitAnswerSchema',
      also: [404, 409],
      async handle({ request, principal }) {
        const { header, sections } = await readFrame(request, MAX_REQUEST_BYTES)
        return json(await engine.submit(await submitHeader(header), sections, principal))
      },
    },
    {
      method: 'post',
      path: paths.call,
      scope: 'submit',
      summary: 'The same, and waits a moment: answers with those jobs that have ended, for who may read.',
      body: 'frame',
      asks: 'callHeaderSchema',
      answers: 'frame',
      answer: 'callAnswerSchema',
      also: [404, 409],
      async handle({ request, principal }) {
        const read = readFrame(request, MAX_REQUEST_BYTES)
        const { header, sections } = read instanceof Promise ? await read : read
        const taken = callHeader(header)
        const given = taken instanceof Promise ? await taken : taken
        const asked = scopesOf(principal).includes('read') ? given : { ...given, wait: 0 }
        const { answer, payloads } = await engine.call(asked, sections, principal, request.signal)
        return frame(answer, [endsSection(payloads), payloads.bytes])
      },
    },
  ]
}

function reading(engine: Service): readonly Route[] {
  return [
    {
      method: 'post',
      path: paths.wait,
      scope: 'read',
      summary: 'Answers as soon as one of these jobs is terminal, with what finished and its results.',
      body: 'json',
      asks: 'waitRequestSchema',
      answers: 'frame',
      answer: 'waitAnswerSchema',
      also: [404, 409],
      async handle({ request }) {
        const asked = await waitRequest(await readJson(request, MAX_JSON_BYTES))
        const { answer, payloads } = await engine.wait(asked, request.signal)
        return frame(answer, [endsSection(payloads), payloads.bytes])
      },
    },
    {
      method: 'post',
      path: paths.status,
      scope: 'read',
      summary: 'The statuses of jobs, run-length coded.',
      body: 'json',
      asks: 'statusRequestSchema',
      answers: 'json',
      answer: 'statusAnswerSchema',
      also: [404, 410],
      async handle({ request }) {
        return json(await engine.status(await statusRequest(await readJson(request, MAX_JSON_BYTES))))
      },
    },
    {
      method: 'post',
      path: paths.info,
      scope: 'read',
      summary: 'What is kept of jobs: output, times, memory, profile and more.',
      body: 'json',
      asks: 'infoRequestSchema',
      answers: 'json',
      answer: 'infoAnswerSchema',
      also: [404],
      async handle({ request }) {
        return json(await engine.info(await infoRequest(await readJson(request, MAX_JSON_BYTES))))
      },
    },
    {
      method: 'get',
      path: paths.jobs,
      scope: 'read',
      summary: 'Lists jobs, newest submissions first.',
      body: 'none',
      asks: 'listRequestSchema',
      answers: 'json',
      answer: 'listAnswerSchema',
      async handle({ request }) {
        return json(await engine.list(await listRequest(queryOf(request))))
      },
    },
  ]
}

function ending(engine: Service): readonly Route[] {
  return [
    {
      method: 'post',
      path: paths.kill,
      scope: 'submit',
      summary: 'Kills jobs: these, or with no ranges every unfinished one of the caller.',
      body: 'json',
      asks: 'killRequestSchema',
      answers: 'none',
      status: 204,
      also: [404],
      async handle({ request, principal }) {
        await engine.kill(await killRequest(await readJson(request, MAX_JSON_BYTES)), principal)
        return nothing()
      },
    },
    {
      method: 'post',
      path: paths.delete,
      scope: 'submit',
      summary: 'Deletes finished jobs with all that is kept of them.',
      body: 'json',
      asks: 'deleteRequestSchema',
      answers: 'none',
      status: 204,
      also: [404, 409],
      async handle({ request }) {
        await engine.delete(await deleteRequest(await readJson(request, MAX_JSON_BYTES)))
        return nothing()
      },
    },
  ]
}

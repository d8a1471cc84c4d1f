import { CloudException } from '../../protocol/errors.ts'
import { MAX_BLOB_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { bytes, json, nothing, redirect } from '../answer.ts'
import { readJson, readParts } from '../request/body.ts'
import { lateReader } from '../request/late-reader.ts'
import type { Route, Service } from '../route.ts'

/** Bytes of the body that asks for an upload. */
const MAX_ASK_BYTES = 1024

const uploadRequest = lateReader('uploadRequestSchema')

export function blobRoutes(engine: Service): readonly Route[] {
  return [
    {
      method: 'post',
      path: paths.blobs,
      scope: 'submit',
      summary: 'Where to put a large payload.',
      body: 'json',
      asks: 'uploadRequestSchema',
      answers: 'json',
      answer: 'uploadAnswerSchema',
      async handle({ request }) {
        return json(await engine.upload(await uploadRequest(await readJson(request, MAX_ASK_BYTES))))
      },
    },
    {
      method: 'put',
      path: paths.blob,
      scope: 'submit',
      summary: 'Stores a large payload under a key that was given out.',
      body: 'bytes',
      answers: 'none',
      status: 204,
      async handle({ request, param }) {
        await engine.putBlob(param('key'), readParts(request, MAX_BLOB_BYTES))
        return nothing()
      },
    },
    {
      method: 'get',
      path: paths.blob,
      scope: 'read',
      summary: 'A large payload.',
      body: 'none',
      answers: 'bytes',
      async handle({ param }) {
        const key = param('key')
        const elsewhere = await engine.blobUrl?.(key)
        if (elsewhere !== undefined) return redirect(elsewhere)
        const blob = await engine.getBlob(key)
        if (blob === undefined) throw new CloudException(`There is no blob ${key}.`, { code: 'not-found' })
        return bytes(blob)
      },
    },
  ]
}

import { CloudException } from '../../protocol/errors.ts'
import { MAX_BUNDLE_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { json, nothing } from '../answer.ts'
import { readBytes, readJson } from '../request/body.ts'
import { lateReader } from '../request/late-reader.ts'
import type { Route, Service } from '../route.ts'

const readHash = lateReader('hashSchema')
const uploadRequest = lateReader('bundleUploadRequestSchema')

/** Bytes of the body that asks for an upload. */
const MAX_ASK_BYTES = 1024

export function functionRoutes(engine: Service): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.functions,
      params: { hash: 'hashSchema' },
      scope: 'submit',
      summary: 'Whether the service has this function bundle or package bundle.',
      body: 'none',
      answers: 'none',
      status: 204,
      async handle({ param }) {
        const hash = await readHash(param('hash'))
        if (await engine.hasBundle(hash)) return nothing()
        throw new CloudException(`There is no bundle ${hash}.`, { code: 'not-found' })
      },
    },
    {
      method: 'put',
      path: paths.functions,
      params: { hash: 'hashSchema' },
      scope: 'submit',
      summary: 'Stores a function bundle or a package bundle under its SHA-256.',
      body: 'bytes',
      answers: 'none',
      status: 204,
      async handle({ request, param }) {
        const hash = await readHash(param('hash'))
        await engine.putBundle(hash, await readBytes(request, MAX_BUNDLE_BYTES))
        return nothing()
      },
    },
    {
      method: 'post',
      path: paths.functionUpload,
      params: { hash: 'hashSchema' },
      scope: 'submit',
      summary: 'Where to put a bundle that is too large for a request.',
      body: 'json',
      asks: 'bundleUploadRequestSchema',
      answers: 'json',
      answer: 'bundleUploadAnswerSchema',
      async handle({ request, param }) {
        const hash = await readHash(param('hash'))
        return json(await engine.uploadBundle(hash, await uploadRequest(await readJson(request, MAX_ASK_BYTES))))
      },
    },
  ]
}

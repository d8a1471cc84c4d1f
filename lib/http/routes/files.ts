import { CloudException } from '../../protocol/errors.ts'
import {
  fileAbandonSchema,
  fileCommitSchema,
  fileFactsSchema,
  fileListRequestSchema,
  fileListSchema,
  fileNameRequestSchema,
  filePartsAnswerSchema,
  filePartsRequestSchema,
  filePlacesSchema,
  partNameSchema,
  uploadIdSchema,
} from '../../protocol/files.ts'
import { FILE_PART_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { bytes, json, nothing } from '../answer.ts'
import { readBytes, readJson } from '../request/body.ts'
import { withCursor, withName } from '../request/name-cursor.ts'
import { queryOf } from '../request/query.ts'
import { reader } from '../request/reader.ts'
import type { Route, Service } from '../route.ts'
import { contentRoutes } from './file-content.ts'

/** Bytes of a JSON body about a file: the list of its parts, at the most. */
const MAX_FILE_JSON_BYTES = 256 * 1024

const fileParts = reader(filePartsRequestSchema)
const fileAbandon = reader(fileAbandonSchema)
const fileCommit = reader(fileCommitSchema)
const fileList = reader(fileListRequestSchema)
const fileName = reader(fileNameRequestSchema)
const uploadId = reader(uploadIdSchema)
const partName = reader(partNameSchema)

export function fileRoutes(engine: Service): readonly Route[] {
  return [...reading(engine), ...writing(engine), ...contentRoutes(engine)]
}

function reading({ files }: Service): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.files,
      scope: 'read',
      summary: 'Files, in the order of their names.',
      body: 'none',
      asks: fileListRequestSchema,
      answers: 'json',
      answer: fileListSchema,
      handle: async ({ request }) => json(withCursor(await files.list(withName(fileList(queryOf(request)))))),
    },
    {
      method: 'get',
      path: paths.fileInfo,
      scope: 'read',
      summary: 'Size, MD5 and times of a file.',
      body: 'none',
      asks: fileNameRequestSchema,
      answers: 'json',
      answer: fileFactsSchema,
      also: [404],
      handle: async ({ request }) => json(await files.info(fileName(queryOf(request)).name)),
    },
    {
      method: 'get',
      path: paths.fileParts,
      scope: 'read',
      summary: 'Where the parts of a file are to be read, for a while; perhaps on another host.',
      body: 'none',
      asks: fileNameRequestSchema,
      answers: 'json',
      answer: filePlacesSchema,
      also: [404],
      handle: async ({ request }) => json(await files.places(fileName(queryOf(request)).name)),
    },
    {
      method: 'get',
      path: paths.filePart,
      scope: 'read',
      summary: 'A part of a file.',
      body: 'none',
      answers: 'bytes',
      async handle({ param }) {
        const part = await files.getPart(uploadId(param('upload')), partName(param('part')))
        if (part !== undefined) return bytes(part)
        throw new CloudException('There is no such part of a file.', { code: 'not-found' })
      },
    },
  ]
}

function writing({ files }: Service): readonly Route[] {
  return [
    {
      method: 'post',
      path: paths.fileParts,
      scope: 'submit',
      summary: 'Where to put parts of a file that is to come; perhaps on another host.',
      body: 'json',
      asks: filePartsRequestSchema,
      answers: 'json',
      answer: filePartsAnswerSchema,
      handle: async ({ request }) => json(await files.parts(fileParts(await readJson(request, MAX_FILE_JSON_BYTES)))),
    },
    {
      method: 'delete',
      path: paths.fileParts,
      scope: 'submit',
      summary:
        'Deletes the parts of an upload that is not to go on; harmless where there are none, and where a file has them.',
      body: 'none',
      asks: fileAbandonSchema,
      answers: 'none',
      status: 204,
      async handle({ request }) {
        await files.abandon(fileAbandon(queryOf(request)))
        return nothing()
      },
    },
    {
      method: 'put',
      path: paths.filePart,
      scope: 'submit',
      summary: 'Stores a part of a file.',
      body: 'bytes',
      answers: 'none',
      status: 204,
      async handle({ request, param }) {
        const [upload, part] = [uploadId(param('upload')), partName(param('part'))]
        await files.putPart(upload, part, await readBytes(request, FILE_PART_BYTES))
        return nothing()
      },
    },
    {
      method: 'put',
      path: paths.files,
      scope: 'submit',
      summary: 'Gives a name to parts that are there, in place of what it meant.',
      body: 'json',
      asks: fileCommitSchema,
      answers: 'json',
      answer: fileFactsSchema,
      handle: async ({ request }) => json(await files.commit(fileCommit(await readJson(request, MAX_FILE_JSON_BYTES)))),
    },
    {
      method: 'post',
      path: paths.fileDelete,
      scope: 'submit',
      summary: 'Deletes a file.',
      body: 'json',
      asks: fileNameRequestSchema,
      answers: 'none',
      status: 204,
      also: [404],
      async handle({ request }) {
        await files.delete(fileName(await readJson(request, MAX_FILE_JSON_BYTES)).name)
        return nothing()
      },
    },
  ]
}

import * as z from 'zod'
import { CloudException } from '../../protocol/errors.ts'
import { type FilePlaces, fileFactsSchema, fileNameRequestSchema, fileNameSchema } from '../../protocol/files.ts'
import { LocalResponse, type RequestLike } from '../../protocol/message.ts'
import { paths } from '../../protocol/paths.ts'
import { matchesTag } from '../accepts.ts'
import { json, redirect } from '../answer.ts'
import { problemOf } from '../problem.ts'
import { readParts } from '../request/body.ts'
import { type ByteRange, byteRange } from '../request/byte-range.ts'
import { queryOf } from '../request/query.ts'
import { reader } from '../request/reader.ts'
import type { Route, Service } from '../route.ts'
import { putContent } from './put-content.ts'

const fileName = reader(fileNameRequestSchema)
const pathName = reader(fileNameSchema)
/** Bytes of a whole file that comes in one request: more come in parts. */
const MAX_CONTENT_BYTES = 5 * 1024 ** 3

/** Files as a whole, for whoever has no client of ours: `curl -T`, browsers. */
export function contentRoutes(engine: Service): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.fileContent,
      scope: 'read',
      summary: 'A file, or the bytes that a Range header asks for.',
      body: 'none',
      asks: fileNameRequestSchema,
      answers: 'bytes',
      also: [206, 302, 304, 404, 409, 416],
      async handle({ request }) {
        const places = await engine.files.places(fileName(queryOf(request)).name)
        return contentOf(engine, places, request)
      },
    },
    {
      method: 'put',
      path: paths.fileContent,
      scope: 'submit',
      summary: 'Stores a file as a whole.',
      body: 'bytes',
      asks: z.strictObject({}),
      answers: 'json',
      answer: fileFactsSchema,
      async handle({ request }) {
        const name = pathName(new URL(request.url).searchParams.get('name') ?? '')
        return json(await putContent(engine.files, name, readParts(request, MAX_CONTENT_BYTES)))
      },
    },
  ]
}

function contentOf({ files }: Service, places: FilePlaces, { headers: asked }: RequestLike): LocalResponse {
  const { size, parts, md5 } = places
  const [first] = parts
  if (first !== undefined && /^https?:/.test(first.url)) {
    // What lies on another host is read there: an answer of a function ends at 6 MB.
    if (parts.length === 1) return redirect(first.url)
    throw new CloudException(`“${places.name}” lies in ${parts.length} parts on another host.`, {
      code: 'unsupported',
      hint: `Read them there, one after the other: GET ${paths.fileParts}?name=… has their addresses.`,
    })
  }
  const etag = `"${md5}"`
  const headers = { etag, 'cache-control': 'private, no-cache', 'accept-ranges': 'bytes', 'x-md5': md5 }
  if (matchesTag(asked.get('if-none-match'), etag)) return new LocalResponse(304, { kind: 'empty' }, headers)
  // Who has the start of another content needs the whole of this one.
  const isOther = (asked.get('if-range') ?? etag) !== etag
  const range = isOther ? undefined : byteRange(asked.get('range'), size)
  if (range === 'unsatisfiable') {
    const error = new CloudException(`“${places.name}” has ${size} bytes.`, { code: 'unsatisfiable-range' })
    return problemOf(error, { 'content-range': `bytes */${size}` })
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  const content = { kind: 'stream', size: end - start + 1, read: () => bytesOf(files, places, { start, end }) } as const
  if (range === undefined) return new LocalResponse(200, content, headers)
  return new LocalResponse(206, content, { ...headers, 'content-range': `bytes ${start}-${end}/${size}` })
}

async function* bytesOf(
  files: Service['files'],
  { name, upload, parts }: FilePlaces,
  { start, end }: ByteRange,
): AsyncGenerator<Uint8Array> {
  let at = 0
  for (const [index, { size, sha256 }] of parts.entries()) {
    if (at + size > start && at <= end) {
      const part = await files.getPart(upload, `${index}-${sha256}`)
      if (part === undefined)
        throw new CloudException(`“${name}” was replaced while it was read.`, { code: 'conflict' })
      yield part.subarray(Math.max(0, start - at), Math.min(size, end + 1 - at))
    }
    at += size
  }
}

import * as z from 'zod'
import { CloudException } from '../protocol/errors.ts'
import { type FilePlaces, fileFactsSchema, fileNameRequestSchema, fileNameSchema } from '../protocol/files.ts'
import { LocalResponse } from '../protocol/message.ts'
import { paths } from '../protocol/paths.ts'
import { json, redirect } from './answer.ts'
import { readParts } from './body.ts'
import { type ByteRange, byteRange } from './byte-range.ts'
import { putContent } from './put-content.ts'
import { reader } from './reader.ts'
import type { Route, Service } from './route.ts'

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
      async handle({ request }) {
        const places = await engine.files.places(fileName(Object.fromEntries(new URL(request.url).searchParams)).name)
        return contentOf(engine, places, request.headers.get('range'))
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

function contentOf({ files }: Service, places: FilePlaces, header: string | null): LocalResponse {
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
  const range = byteRange(header, size)
  const headers = { 'cache-control': 'no-store', 'accept-ranges': 'bytes', 'x-md5': md5 }
  if (range === 'unsatisfiable') {
    return new LocalResponse(416, { kind: 'empty' }, { ...headers, 'content-range': `bytes */${size}` })
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

import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { expect } from 'vitest'
import { problemSchema } from '../../lib/protocol/routes.ts'
import type { Hostile } from './hostile-requests.ts'

interface Answer {
  readonly status: number
  readonly text: string
}

/** Requests by POST that read. */
const reads: ReadonlySet<string> = new Set(['/v1/jobs/wait', '/v1/jobs/status', '/v1/jobs/info'])

/** Sends it as it is to a service on this machine: no client tidies up its path. */
export function sendHostile(url: string, authorization: string, hostile: Hostile): Promise<Answer> {
  const { method, path, headers, body } = hostile
  return new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(url)
    const asked = request({ host, port, method, path, headers: { authorization, ...headers } })
    asked.on('response', (answer: IncomingMessage) => {
      buffer(answer).then(bytes => resolve({ status: answer.statusCode ?? 0, text: bytes.toString() }), reject)
    })
    // A body that is cut off ends the connection, mostly after the answer.
    asked.on('error', reject)
    asked.end(body)
  })
}

/** It failed by its own fault, and the answer says so; only what reads may have found something. */
export function expectRefused({ method, path }: Hostile, { status, text }: Answer): void {
  expect(status, text).toBeLessThan(500)
  if (method !== 'GET' && !reads.has(path)) expect(status, text).toBeGreaterThanOrEqual(400)
  if (status >= 400) expect(problemSchema.parse(JSON.parse(text)).status).toBe(status)
}

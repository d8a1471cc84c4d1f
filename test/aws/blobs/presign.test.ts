import { createHash } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { createPresign } from '../../../lib/aws/blobs/presign.ts'
import { presigningClient } from '../../../lib/aws/clients.ts'

const sha256 = createHash('sha256').update('content').digest('hex')

async function placeFor(params: { key: string; size: number; sha256?: string }) {
  for (const [name, value] of Object.entries({
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  }))
    vi.stubEnv(name, value)
  const { url, headers } = await createPresign(presigningClient(), 'bucket').uploadPlace(params)
  vi.unstubAllEnvs()
  return { query: new URL(url).searchParams, signed: new URL(url).searchParams.get('X-Amz-SignedHeaders'), headers }
}

describe('addresses for uploads', () => {
  test('name no checksum of bytes that are not there yet', async () => {
    const { query, signed, headers } = await placeFor({ key: 'uploads/a', size: 5 })
    expect([...query.keys()].filter(name => name.includes('checksum'))).toEqual([])
    expect(signed).toBe('content-length;host')
    expect(headers).toBeUndefined()
  })

  test('of a bundle are bound to its hash and its size, and replace nothing', async () => {
    const { query, signed, headers } = await placeFor({ key: `bundles/${sha256}`, size: 7, sha256 })
    expect(signed).toBe('content-length;host;if-none-match;x-amz-checksum-sha256')
    expect([...query.keys()].filter(name => name.includes('checksum'))).toEqual([])
    const checksum = Buffer.from(sha256, 'hex').toString('base64')
    expect(headers).toEqual({ 'x-amz-checksum-sha256': checksum, 'if-none-match': '*' })
  })
})

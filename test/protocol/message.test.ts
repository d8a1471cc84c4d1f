import { describe, expect, test } from 'vitest'
import { decodeFrame, FRAME_TYPE } from '../../lib/protocol/frame.ts'
import { type Content, LocalRequest, LocalResponse } from '../../lib/protocol/message.ts'

const contents: readonly [Content, string | null, string][] = [
  [{ kind: 'empty' }, null, ''],
  [{ kind: 'json', value: { a: 1 } }, 'application/json', '{"a":1}'],
  [{ kind: 'bytes', parts: [Uint8Array.of(97), Uint8Array.of(98, 99)] }, 'application/octet-stream', 'abc'],
]

describe('local messages', () => {
  test.each(contents)('%j become web messages of the same type and body', async (content, type, body) => {
    const request = new LocalRequest({
      method: 'POST',
      url: 'http://test/',
      content,
      headers: { 'x-a': '1' },
    }).toRequest()
    expect([request.headers.get('content-type'), request.headers.get('x-a'), await request.text()]).toEqual([
      type,
      '1',
      body,
    ])
    const response = new LocalResponse(200, content, { 'x-a': '1' }).toResponse()
    expect([response.headers.get('content-type'), response.headers.get('x-a'), await response.text()]).toEqual([
      type,
      '1',
      body,
    ])
  })

  test('a frame is written only when it travels', async () => {
    const section = Uint8Array.of(1, 2, 3)
    const response = new LocalResponse(200, { kind: 'frame', header: { n: 1 }, sections: [section] })
    expect(response.content).toMatchObject({ sections: [section] })
    expect(response.headers.get('Content-Type')).toBe(FRAME_TYPE)
    const bytes = new Uint8Array(await response.toResponse().arrayBuffer())
    expect(decodeFrame(bytes)).toEqual({ header: { n: 1 }, sections: [section] })
  })

  test('read as web messages are', async () => {
    const response = new LocalResponse(404, { kind: 'json', value: { code: 'x' } })
    expect([response.ok, await response.json(), await response.text()]).toEqual([false, { code: 'x' }, '{"code":"x"}'])
    expect(new Uint8Array(await response.arrayBuffer()).length).toBe(12)
    expect(new LocalResponse(204).body).toBeNull()
    expect(new LocalResponse(204).toResponse().body).toBeNull()
  })
})

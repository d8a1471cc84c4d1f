import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../lib/engine/engine.ts'
import type { Ports } from '../../../lib/engine/ports/ports.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'
import { endsSection, pack } from '../../../lib/protocol/packed.ts'
import { encodeBlobReference } from '../../../lib/protocol/payload.ts'
import type { SubmitHeader } from '../../../lib/protocol/routes.ts'
import { bytes, harness, owner, reference } from '../harness.ts'

/** Milliseconds: what the service waits for a submit that names an upload. */
const DAY = 86_400_000
const content = bytes('a large argument')

/** A service over memory, on a clock of the test's; its jobs stay queued. */
async function service() {
  const { ports: base } = await harness(undefined, { start: false })
  const moment = { now: 1_000 }
  const ports: Ports = { ...base, registry: createRegistry(), clock: { ...base.clock, now: () => moment.now } }
  const { launcher: _, ...withoutLauncher } = ports
  const engine = createEngine(withoutLauncher)
  const upload = async (): Promise<string> => {
    const { key } = await engine.upload({ size: content.byteLength })
    await engine.putBlob(key, [content])
    return key
  }
  const isThere = async (key: string): Promise<boolean> => (await ports.blobs.size({ key })) !== undefined
  const requestOf = async (key: string): Promise<[SubmitHeader, Uint8Array[]]> => {
    const { first: id } = await engine.lease({ count: 1 })
    const args = pack([encodeBlobReference({ key, size: content.byteLength })])
    const segments = [{ first: id, count: 1, args: [0, 1] as [number, number] }]
    return [{ submissions: [{ id, function: reference, options: {}, segments }] }, [endsSection(args), args.bytes]]
  }
  return { engine, ports, moment, upload, isThere, requestOf }
}

describe('an upload', () => {
  it.each([
    [DAY - 1, true],
    [DAY, false],
  ])('that no job took is there after %d ms: %s', async (age, there) => {
    const { engine, moment, upload, isThere } = await service()
    const key = await upload()
    moment.now += age
    await engine.sweep()
    expect(await isThere(key)).toBe(there)
  })

  it('of a job stays for as long as the job waits, and goes with it', async () => {
    const { engine, moment, upload, isThere, requestOf } = await service()
    const key = await upload()
    const [header, sections] = await requestOf(key)
    expect(await engine.submit(header, sections, owner)).toEqual({})
    moment.now += 30 * DAY
    await engine.sweep()
    expect(await isThere(key)).toBe(true)
    await engine.kill({ ranges: [[header.submissions[0]?.id ?? 0, 1]] }, owner)
    expect(await isThere(key)).toBe(false)
  })

  it('is taken by the same submit twice', async () => {
    const { engine, upload, requestOf } = await service()
    const [header, sections] = await requestOf(await upload())
    for (let nth = 0; nth < 2; nth++) expect(await engine.submit(header, sections, owner)).toEqual({})
  })

  it('that was given up is refused at the submit, and no job is made', async () => {
    const { engine, moment, upload, requestOf } = await service()
    const [header, sections] = await requestOf(await upload())
    moment.now += DAY
    await engine.sweep()
    await expect(engine.submit(header, sections, owner)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('is gone'),
    })
    expect((await engine.list({})).jobs).toEqual([])
  })

  it('of a submit that was refused for its bundle goes all the same', async () => {
    const { engine, moment, upload, isThere, requestOf } = await service()
    const key = await upload()
    const [header, sections] = await requestOf(key)
    const lacking = header.submissions.map(one => ({ ...one, function: { ...one.function, bundle: '0'.repeat(64) } }))
    expect(await engine.submit({ submissions: lacking }, sections, owner)).toEqual({ missing: ['0'.repeat(64)] })
    moment.now += DAY
    await engine.sweep()
    expect(await isThere(key)).toBe(false)
  })

  it('that nobody asked for is refused, and so is a second one for a job’s', async () => {
    const { engine, upload, requestOf } = await service()
    const refused = { code: 'invalid-request', hint: expect.stringContaining('POST /v1/blobs') }
    await expect(engine.putBlob(`uploads/${'0'.repeat(40)}`, [content])).rejects.toMatchObject(refused)
    const key = await upload()
    await engine.submit(...(await requestOf(key)), owner)
    await expect(engine.putBlob(key, [content])).rejects.toMatchObject(refused)
  })
})

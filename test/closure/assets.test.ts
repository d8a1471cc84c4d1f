import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { explain } from '../../lib/closure/explain/explain.ts'
import { refusalOfSizes } from '../../lib/closure/packages/asset.ts'
import { decodeParcel, encodeParcel } from '../../lib/closure/parcel.ts'
import { revive } from '../../lib/closure/revive/revive.ts'
import { MAX_ASSET_BYTES, MAX_ASSETS } from '../../lib/protocol/limits.ts'
import { gather } from '../../lib/value/encode.ts'
import { FreshProcess } from './fresh-process.ts'
import { Project } from './project.ts'

const project = new Project({
  'package.json': '{ "type": "module" }',
  'main.js': `
    import { existsSync, readFileSync } from 'node:fs'
    import { join } from 'node:path'
    export const page = () => readFileSync(new URL('./page.html', import.meta.url), 'utf8')
    export const place = () => join(import.meta.dirname, 'page.html')
    export const changing = () => readFileSync(join(import.meta.dirname, 'changing.txt'), 'utf8')
    export const perhaps = () => existsSync(join(import.meta.dirname, 'later.txt'))
    export const large = () => readFileSync(join(import.meta.dirname, 'large.bin')).length
  `,
  'page.html': '<p>hello</p>',
  'changing.txt': 'one',
  'large.bin': '',
})
const folder = mkdtempSync(join(tmpdir(), 'picloud-worker-'))
const fresh = new FreshProcess()

afterAll(() => {
  fresh[Symbol.dispose]()
  project[Symbol.dispose]()
  rmSync(folder, { recursive: true, force: true })
})

const load = async (name: string): Promise<() => unknown> => (await project.load('main.js'))[name] as () => unknown

describe('files of the project', () => {
  test('go under the hash of their bytes, and lie in the worker’s folder as in the project', async () => {
    const { bundle, hash, modules } = capture(await load('place'))
    expect(modules).toHaveLength(1)
    const [file] = modules
    expect(new TextDecoder().decode(file?.bytes)).toBe('<p>hello</p>')
    const host = {
      hostModule: () => undefined,
      module: (name: string) => (name === file?.hash ? file.bytes : undefined),
      folder,
    }
    const path = String((revive(bundle, hash, host).value as () => unknown)())
    expect(path.startsWith(`${folder}/assets-`)).toBe(true)
    expect(path.endsWith('/0/page.html')).toBe(true)
    expect(readFileSync(path, 'utf8')).toBe('<p>hello</p>')
    expect(statSync(path).mode & 0o777).toBe(0o400)
    expect(readdirSync(join(path, '..'))).toEqual(['page.html'])
  })

  test('are what they are at the call, and the same again while they stay', async () => {
    const changing = await load('changing')
    const one = capture(changing)
    expect(capture(changing)).toBe(one)
    writeFileSync(join(project.folder, 'changing.txt'), 'two')
    utimesSync(join(project.folder, 'changing.txt'), 1, 1)
    const two = capture(changing)
    expect(two.hash).not.toBe(one.hash)
    expect((await fresh.run(two)).results).toEqual(['two'])
    expect((await fresh.run(one)).results).toEqual(['one'])
  })

  test('what comes to be there goes along from then on', async () => {
    const perhaps = await load('perhaps')
    expect((await fresh.run(capture(perhaps))).results).toEqual([false])
    writeFileSync(join(project.folder, 'later.txt'), '')
    expect((await fresh.run(capture(perhaps))).results).toEqual([true])
  })

  test('come along with functions among arguments', async () => {
    const page = await load('page')
    const payload = gather(encodeParcel([page]))
    const host = { hostModule: () => undefined, module: () => undefined, folder }
    const [there] = decodeParcel(payload, { host, known: () => undefined }) as [() => unknown]
    expect(there).not.toBe(page)
    expect(there()).toBe('<p>hello</p>')
  })

  test('are refused where they are not those that were sent', async () => {
    const { bundle, hash } = capture(await load('page'))
    const bytes = new TextEncoder().encode('<p>other</p>')
    const host = { hostModule: () => undefined, module: () => bytes, folder: join(folder, 'other') }
    expect(() => revive(bundle, hash, host)).toThrow(/page\.html, which it names, is not the one that was sent/)
  })

  test('are explained with their bytes', async () => {
    const { assets, bytes, root, largest } = explain((await load('page')) as never)
    expect(assets).toEqual([{ path: join(project.folder, 'page.html'), bytes: 12 }])
    expect(bytes?.assets).toBe(12)
    expect(bytes?.total).toBe((bytes?.code ?? 0) + (bytes?.data ?? 0) + 12)
    expect(largest.map(({ kind }) => kind)).toContain('file')
    const meta = root.parts.find(({ name }) => name === 'import.meta')
    expect(meta).toMatchObject({ travels: 'file', kind: 'import', bytes: 0 })
  })

  test.each([
    [MAX_ASSET_BYTES, undefined],
    [MAX_ASSET_BYTES + 1, /large\.bin it takes 52428801 bytes of files, above 52428800/],
  ])('up to %d bytes', async (size, why) => {
    truncateSync(join(project.folder, 'large.bin'), size)
    const large = await load('large')
    if (why === undefined) expect(capture(large).modules[0]?.bytes.byteLength).toBe(size)
    else expect(() => capture(large)).toThrow(why)
  })

  test('up to as many as a function may take', () => {
    const some = (count: number) => Array.from({ length: count }, (_, at) => ({ path: `/${at}`, size: 1 }))
    expect(refusalOfSizes(some(MAX_ASSETS))).toBeUndefined()
    expect(refusalOfSizes(some(MAX_ASSETS + 1))).toMatchObject({ path: `/${MAX_ASSETS}` })
  })
})

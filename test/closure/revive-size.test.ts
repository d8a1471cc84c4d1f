import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'

/** Bytes of `lib/closure/revive`, minified: all of its files. */
const MAX_REVIVE_BYTES = 15 * 1024
/** The same with all that it imports: the decoder of values, the errors, the frame. */
const MAX_WHOLE_BYTES = 36 * 1024

const root = fileURLToPath(new URL('../..', import.meta.url))
const entries = ['revive', 'parcel']

/** Bytes in the bundle, by path of the source. */
let sizes: ReadonlyMap<string, number>

beforeAll(async () => {
  const { metafile } = await build({
    stdin: {
      contents: entries.map(name => `export * from './lib/closure/revive/${name}.ts'`).join('\n'),
      resolveDir: root,
      sourcefile: 'all-of-revive.ts',
    },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    write: false,
    metafile: true,
  })
  const inputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs))
  sizes = new Map(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput]))
})

const sizeOf = (matches: (path: string) => boolean): number =>
  [...sizes].filter(([path]) => matches(path)).reduce((sum, [, bytes]) => sum + bytes, 0)

test('what revives is small', () => {
  const own = sizeOf(path => path.startsWith('lib/closure/'))
  expect(own).toBeGreaterThan(5_000)
  expect(own).toBeLessThanOrEqual(MAX_REVIVE_BYTES)
  expect(sizeOf(() => true)).toBeLessThanOrEqual(MAX_WHOLE_BYTES)
})

test('it takes neither parser nor inspector along, nor anything else of what captures', () => {
  const others = [...sizes.keys()].filter(
    path => !/^lib\/(?:closure\/(?:revive\/|bundle-format\.ts)|value\/|protocol\/(?:errors|frame)\.ts)/.test(path),
  )
  expect(others).toEqual(['all-of-revive.ts'])
  expect([...sizes.keys()].filter(path => path.includes('encod'))).toEqual([])
})

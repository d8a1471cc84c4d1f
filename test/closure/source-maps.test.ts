import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type BuildOptions, build } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { CaptureError } from '../../lib/closure/capture-error.ts'
import { originsOf } from '../../lib/closure/source/source-map.ts'
import { FreshProcess } from './fresh-process.ts'
import { Project } from './project.ts'

const files = {
  'src/main.ts': `
    import { check } from './check.ts'

    interface Row { readonly name: string }

    enum Level { Low = 1, High = 2 }

    class Table {
      static rows = 0
      static {
        Table.rows = 2
      }
      ofRow(row: Row): string {
        throw new Error('bad ' + row.name) // IN_CLASS
      }
    }

    export const fails = (row: Row): string => {
      const level: Level = Level.High

      return check(row.name, level) // OUTER
    }

    export const ofClass = (row: Row): string => new Table().ofRow(row)

    const kept = new WeakMap<object, Row>()
    const wraps = (key: object): unknown => kept.get(key) // WEAK
    export const refused = (): unknown => wraps({})

    class Vault {
      #code = 1
      open(): number {
        return this.#code // PRIVATE
      }
    }
    export const takenOff = Vault.prototype.open
  `,
  'src/check.ts': `
    export function check(name: string, level: number): string {
      if (level > 1) {
        const text: string = name + level
        throw new TypeError('no ' + text) // INNER
      }
      return name
    }
  `,
}
const project = new Project(files)
const there = new FreshProcess()

afterAll(() => {
  project[Symbol.dispose]()
  there[Symbol.dispose]()
})

/** Line and column of what precedes a marking comment. */
function marked(file: keyof typeof files, mark: string, text: string): string {
  const lines = files[file].split('\n')
  const line = lines.findIndex(each => each.includes(`// ${mark}`))
  return `${line + 1}:${(lines[line] as string).indexOf(text) + 1}`
}

const inFile = (file: string): string => pathToFileURL(join(project.folder, file)).href

let count = 0

async function compiled(options: BuildOptions, ending = 'mjs') {
  const outfile = join(project.folder, `dist/out-${count++}.${ending}`)
  await build({
    entryPoints: [join(project.folder, 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'error',
    ...options,
  })
  return { outfile, exported: await project.load(outfile.slice(project.folder.length + 1)) }
}

const ways: readonly (readonly [string, BuildOptions])[] = [
  ['a map in the file', {}],
  ['a map beside the file', { sourcemap: 'linked' }],
  ['a map with a root for its sources', { sourcemap: 'linked', sourceRoot: `${inFile('dist')}/` }],
  ['a minified file', { minify: true }],
  ['a file in one line, as compilers on the fly make it', { minifyWhitespace: true, keepNames: true }],
]

describe.each(ways)('%s', (_name, options) => {
  test('frames of a job name the user’s files and lines', async () => {
    const { exported } = await compiled(options)
    const { error, stack = '' } = await there.run(capture(exported['fails'] as never), { calls: [[{ name: 'x' }]] })
    expect(error).toBe('no x2')
    const places = stack.split('\n').flatMap(line => /(file:[^)]*)\)?$/.exec(line)?.[1] ?? [])
    expect(places.slice(0, 2)).toEqual([
      `${inFile('src/check.ts')}:${marked('src/check.ts', 'INNER', 'new TypeError')}`,
      `${inFile('src/main.ts')}:${marked('src/main.ts', 'OUTER', 'check(')}`,
    ])
    expect(stack).not.toContain('picloud:')
  })

  test('also behind what was taken out of a class', async () => {
    const { exported } = await compiled(options)
    const { stack = '' } = await there.run(capture(exported['ofClass'] as never), { calls: [[{ name: 'x' }]] })
    expect(stack).toContain(`${inFile('src/main.ts')}:${marked('src/main.ts', 'IN_CLASS', 'new Error')}`)
  })

  test('a refusal names them too', async () => {
    const { exported } = await compiled(options)
    const refusal = (name: string): CaptureError => {
      try {
        capture(exported[name] as never)
      } catch (error) {
        if (error instanceof CaptureError) return error
      }
      throw new Error(`${name} is not refused`)
    }
    expect(refusal('takenOff').place).toEqual(
      expect.objectContaining({
        url: inFile('src/main.ts'),
        line: Number(marked('src/main.ts', 'PRIVATE', '#code').split(':')[0]),
      }),
    )
    expect(refusal('refused').place).toEqual(
      expect.objectContaining({
        url: inFile('src/main.ts'),
        line: Number(marked('src/main.ts', 'WEAK', 'key').split(':')[0]),
      }),
    )
  })
})

test('CommonJS likewise', async () => {
  const { exported } = await compiled({ format: 'cjs' }, 'cjs')
  const fails = exported['fails'] as never
  const { stack = '' } = await there.run(capture(fails), { calls: [[{ name: 'x' }]] })
  const place = marked('src/check.ts', 'INNER', 'new TypeError')
  expect(stack).toContain(`(${inFile('src/check.ts')}:${place})`)
})

describe('a map that can’t be used is none', () => {
  const url = inFile('dist/none.mjs')
  const withMap = (payload: unknown): string =>
    `1\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(payload)).toString('base64')}`

  test.each([
    ['no comment', 'const a = 1'],
    ['a file that is not there', '1\n//# sourceMappingURL=nowhere.map'],
    ['another scheme', '1\n//# sourceMappingURL=nowhere:x.map'],
    ['no JSON', '1\n//# sourceMappingURL=data:application/json,{'],
    ['a mark in a string', 'const mark = "//# sourceMappingURL=data:application/json,{}"'],
  ])('%s', (_name, source) => {
    expect(originsOf(url, source)).toBeUndefined()
  })

  test('a name that is no address is that of the script', () => {
    expect(originsOf('evalmachine.<anonymous>', '1\n//# sourceMappingURL=x.map')).toBeUndefined()
  })

  test('a position before the first of its line is the script’s own', () => {
    const origins = originsOf(url, withMap({ version: 3, sources: ['a.ts'], names: [], mappings: 'IAAA' }))
    expect(origins?.at({ line: 1, column: 2 })).toBeUndefined()
    expect(origins?.at({ line: 1, column: 6 })).toEqual({ url: inFile('dist/a.ts'), line: 1, column: 2 })
    expect(origins?.at({ line: 2, column: 1 })).toBeUndefined()
  })

  test('the last comment counts', async () => {
    const { outfile } = await compiled({})
    const source = `const text = '//# sourceMappingURL=other.map'\n${readFileSync(outfile, 'utf8')}`
    writeFileSync(outfile, source)
    expect(originsOf(pathToFileURL(outfile).href, source)).toBeDefined()
  })
})

test('a map that is gone by now, but that Node has read: with --enable-source-maps', async () => {
  const { outfile } = await compiled({ sourcemap: 'linked' })
  const program = join(project.folder, 'program.mjs')
  const captureFile = new URL('../../lib/closure/capture.ts', import.meta.url)
  writeFileSync(
    program,
    `import { rmSync } from 'node:fs'
     import { fails } from ${JSON.stringify(outfile)}
     rmSync(${JSON.stringify(`${outfile}.map`)})
     const { capture } = await import(${JSON.stringify(captureFile.href)})
     console.log(JSON.stringify(capture(fails).place))`,
  )
  const { stdout } = await promisify(execFile)(process.execPath, ['--enable-source-maps', program])
  const line = Number(marked('src/main.ts', 'OUTER', 'check(').split(':')[0]) - 3
  expect(JSON.parse(stdout)).toMatchObject({ url: inFile('src/main.ts'), line })
})

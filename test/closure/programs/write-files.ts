import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildSync, transformSync } from 'esbuild'
import type { Plan } from './plan.ts'
import { program } from './program.ts'
import type { Trial } from './trial.ts'

/** Writes a plan's program three times, as a compiler leaves it. */
export function writeFiles(plan: Plan, folder: string): Trial {
  const { form, input, state } = program(plan)
  const places = ['sent', 'kept', 'changed'].map(name => {
    const place = join(folder, name)
    mkdirSync(place, { recursive: true })
    const write = (file: string, text: string): string => {
      writeFileSync(join(place, file), text)
      return pathToFileURL(join(place, file)).href
    }
    const minify = (text: string): string =>
      transformSync(text, { minify: true, format: 'esm', target: 'esnext', keepNames: true }).code
    if (form === 'cjs') {
      write('state.cjs', state)
      return write('input.cjs', input)
    }
    if (form === 'minified') {
      write('state.mjs', minify(state))
      return write('input.mjs', minify(input))
    }
    write('state.mjs', state)
    const url = write('input.mjs', input)
    if (form === 'mjs') return url
    const ending = form === 'bundled' ? 'mjs' : 'cjs'
    const outfile = join(place, `built.${ending}`)
    buildSync({
      entryPoints: [join(place, 'input.mjs')],
      outfile,
      bundle: true,
      format: form === 'bundled' ? 'esm' : 'cjs',
      target: 'esnext',
      logLevel: 'silent',
    })
    return pathToFileURL(outfile).href
  })
  const [sent, kept, changed] = places as [string, string, string]
  return { sent, kept, changed, folder: pathToFileURL(`${folder}/`).href, rounds: plan.rounds }
}

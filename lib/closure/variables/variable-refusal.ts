import type { Callable } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import { displayName } from '../nodes/function-name.ts'
import type { FreeName, FunctionCode } from '../source/function-code.ts'
import { placeOf } from '../source/script.ts'
import { metaHint } from '../words.ts'

/** A name in a function that can't travel. `hint` is a sentence. */
export function variableRefusal(
  fn: Callable,
  { name, start }: Pick<FreeName, 'name' | 'start'>,
  { script }: FunctionCode,
  why: string,
  hint: string,
  cause?: unknown,
): CaptureError {
  return new CaptureError(why, { path: [displayName(fn), name], place: placeOf(script, start), hint, cause })
}

/** A name that no text declares: CommonJS's own, or a variable around evaluated code. */
export function unknownName(fn: Callable, free: FreeName, code: FunctionCode): CaptureError {
  if (free.name === 'require' || free.name === 'module' || free.name === 'exports') {
    const why = `\`${free.name}\` is CommonJS’s own and belongs to this process`
    return variableRefusal(fn, free, code, why, 'Require what it needs at the top of the file.')
  }
  const why = 'evaluated code uses a variable of the function around it'
  if (free.name.startsWith('__webpack_')) {
    return variableRefusal(
      fn,
      free,
      code,
      why,
      'Set webpack’s `devtool` to `source-map`: then it evaluates no modules.',
    )
  }
  return variableRefusal(fn, free, code, why, 'Pass the value as an argument.')
}

/** @throws {CaptureError} for what Vite puts in the place of `import.meta`, where more than places of it is used */
export function refuseMeta(fn: Callable, { name, members, start }: FreeName, { script }: FunctionCode): void {
  if (name !== '__vite_ssr_import_meta__') return
  const [member] = members ?? []
  throw new CaptureError(`it uses \`import.meta${members?.size === 1 ? `.${member}` : ''}\``, {
    path: [displayName(fn)],
    place: placeOf(script, start),
    hint: metaHint,
  })
}

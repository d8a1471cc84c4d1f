import type { Callable } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import type { Binding } from '../names/scope.ts'
import { displayName } from '../nodes/function-name.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { placeOf } from '../source/script.ts'

/** The top of a file runs once. Where two functions see two values of one variable of it, it ran twice. */
export class TopValues {
  readonly #values = new Map<Binding, unknown>()

  /** @throws {CaptureError} for another value than before */
  check(binding: Binding, value: unknown, fn: Callable, { script, start }: FunctionCode): void {
    if (!this.#values.has(binding)) this.#values.set(binding, value)
    else if (!Object.is(this.#values.get(binding), value)) {
      throw new CaptureError('its script ran more than once, and functions of two runs are mixed', {
        path: [displayName(fn), binding.name],
        place: placeOf(script, start),
        hint: 'Send functions of one run only.',
      })
    }
  }
}

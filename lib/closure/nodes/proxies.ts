import type { Inside } from '../../value/inside.ts'
import { CaptureError } from '../capture-error.ts'
import { internalsOf } from '../source/inspector.ts'

/** A proxy travels as its target and its handler, which V8 shows without running a trap. */
export function proxyInside(proxy: object): Inside {
  const [target, handler] = internalsOf(proxy, ['[[Target]]', '[[Handler]]'])
  if (isObject(target) && isObject(handler)) return { kind: 'proxy', target, handler }
  throw new CaptureError('a Proxy that was revoked can’t be sent', {
    path: [],
    hint: 'Send it before it is revoked, or send its target.',
  })
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

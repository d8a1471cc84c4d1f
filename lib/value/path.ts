/** One step from a value to a part of it. */
export type Step =
  | { readonly kind: 'property'; readonly key: string | symbol }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'map-key'; readonly index: number }
  | { readonly kind: 'map-value'; readonly index: number; readonly key: unknown }
  | { readonly kind: 'set-item'; readonly index: number }
  | { readonly kind: 'getter' | 'setter'; readonly key: string | symbol }
  | { readonly kind: 'prototype' }
  | { readonly kind: 'class' }
  | { readonly kind: 'stand-in' }
  | { readonly kind: 'inside'; readonly part: string }
  /** What an object holds that its properties don't show: a private field. */
  | { readonly kind: 'hidden'; readonly name: string }

/** From the root to the part. The empty path is the root itself. */
export type Path = readonly Step[]

const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u
/** Characters of a key that a path shows; longer ones are cut. */
const MAX_KEY_CHARS = 60

/**
 * A path as text that reads like code: `args[1].cache.entries`.
 * @param root what the path starts from; `''` for a path that is joined to another text
 */
export function renderPath(path: Path, root = 'value'): string {
  let text = root
  for (const step of path) text = render(text, step)
  return text
}

function render(text: string, step: Step): string {
  switch (step.kind) {
    case 'property':
      return text + member(step.key)
    case 'index':
      return `${text}[${step.index}]`
    case 'map-key':
      return `${text}.keys()[${step.index}]`
    case 'map-value':
      return isShown(step.key) ? `${text}.get(${shown(step.key)})` : `${text}.values()[${step.index}]`
    case 'set-item':
      return `${text}.values()[${step.index}]`
    case 'getter':
      return `${text}${member(step.key)} (its getter)`
    case 'setter':
      return `${text}${member(step.key)} (its setter)`
    case 'prototype':
      return `${text} (its prototype)`
    case 'class':
      return `${text} (its class)`
    case 'stand-in':
      return text
    case 'inside':
      return `${text} (its ${step.part})`
    case 'hidden':
      return `${text}.${step.name}`
  }
}

function member(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`
  return identifier.test(key) ? `.${key}` : `[${shown(key)}]`
}

function isShown(key: unknown): key is string | number | boolean | bigint {
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'boolean' || typeof key === 'bigint'
}

function shown(key: string | number | boolean | bigint): string {
  if (typeof key === 'bigint') return `${key}n`
  if (typeof key !== 'string') return String(key)
  return JSON.stringify(key.length > MAX_KEY_CHARS ? `${key.slice(0, MAX_KEY_CHARS)}…` : key)
}

import { CloudException } from '../../protocol/errors.ts'
import type { Callable } from '../../value/captured.ts'
import { type Code, type Factory, instantiate, type Maker, placesOf } from './instantiate.ts'
import { type OpenBundle, openCode } from './open-bundle.ts'
import { builtIn } from './references.ts'
import type { Prepared } from './revive.ts'

/** A bundle whose functions only stand for themselves: decoding data of another process runs nothing of it. */
export function inert({ header, code }: OpenBundle): Prepared {
  const { header: codeHeader } = openCode(code)
  const members = header.functions.reduce((most, { member }) => Math.max(most, member + 1), 0)
  const root: Factory = () => [
    0,
    new Array<Maker>(members).fill(placeholder),
    new Array<Factory>(codeHeader.scopes.length).fill(root),
  ]
  const references = codeHeader.references.map(([kind, name = '', ...path]) => {
    return kind === 'builtin' ? builtIn(name, path) : placeholder()
  })
  const shared: Code = { root, places: placesOf(codeHeader), references, absent: placeholder }
  return {
    ready: undefined,
    instantiate: ({ header, data }, surroundings = {}) => instantiate(shared, header, data, surroundings),
  }
}

function placeholder(): Callable {
  return function placeholder() {
    throw new CloudException('This function came from elsewhere, and stands for itself only.', {
      code: 'unsupported',
      hint: 'Revive it where its sender is trusted.',
    })
  }
}

import assert from 'node:assert/strict'
import { test } from 'vitest'
import { type Path, renderPath } from '../../lib/value/path.ts'

const rendered: readonly (readonly [text: string, path: Path])[] = [
  ['args', []],
  [
    'args[1].cache.entries',
    [
      { kind: 'index', index: 1 },
      { kind: 'property', key: 'cache' },
      { kind: 'property', key: 'entries' },
    ],
  ],
  ['args["two words"]', [{ kind: 'property', key: 'two words' }]],
  [
    'args["1a"].ünï',
    [
      { kind: 'property', key: '1a' },
      { kind: 'property', key: 'ünï' },
    ],
  ],
  ['args[Symbol(s)]', [{ kind: 'property', key: Symbol('s') }]],
  ['args.get("k")', [{ kind: 'map-value', index: 0, key: 'k' }]],
  ['args.get(5n)', [{ kind: 'map-value', index: 0, key: 5n }]],
  ['args.values()[2]', [{ kind: 'map-value', index: 2, key: {} }]],
  ['args.keys()[2]', [{ kind: 'map-key', index: 2 }]],
  ['args.values()[3]', [{ kind: 'set-item', index: 3 }]],
  ['args.a (its getter)', [{ kind: 'getter', key: 'a' }]],
  ['args.a (its setter)', [{ kind: 'setter', key: 'a' }]],
  ['args (its prototype).a', [{ kind: 'prototype' }, { kind: 'property', key: 'a' }]],
  [`args["${'x '.repeat(30)}…"]`, [{ kind: 'property', key: 'x '.repeat(100) }]],
]

test.each(rendered)('%s', (text, path) => {
  assert.equal(renderPath(path, 'args'), text)
})

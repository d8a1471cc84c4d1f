import path from 'node:path'

const held = { ...path }

export default () => [held.format === path.format, held.format({ dir: '/a', base: 'b' })]

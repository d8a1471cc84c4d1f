import compiled, { named } from 'compiled'
export default () => [typeof compiled === 'object' ? '{}' : typeof compiled, named, compiled.default]

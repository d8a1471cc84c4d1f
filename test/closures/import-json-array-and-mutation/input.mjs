import list from './list.json' with { type: 'json' }
list.push(4)
export default () => list

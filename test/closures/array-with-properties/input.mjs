const list = Object.assign([1, 2], { note: 'x' })
export default () => [list.length, list.note, Object.keys(list)]

const brand = Symbol('brand')
const mark = it => Object.assign(it, { [brand]: true })
const isMarked = it => it[brand] === true
const marked = mark({})
export default () => [isMarked(marked), isMarked(mark({})), isMarked({})]

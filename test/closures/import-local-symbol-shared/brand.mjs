export const brand = Symbol('brand')
export const mark = it => Object.assign(it, { [brand]: true })

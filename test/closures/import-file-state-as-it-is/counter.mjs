let count = 0
export const next = () => ++count
export const set = value => { count = value }

let n = 0
export const up = () => { n++ }
export const count = () => n

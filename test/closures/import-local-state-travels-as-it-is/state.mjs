let total = 0
export const bump = () => total++
export const readTotal = () => total

const text = 'inner'
export const inner = () => text

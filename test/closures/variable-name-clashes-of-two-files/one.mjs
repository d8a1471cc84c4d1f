const value = 'one'
export const read = () => value

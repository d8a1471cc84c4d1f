const value = 'two'
export const read = () => value

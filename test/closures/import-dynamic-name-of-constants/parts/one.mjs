export const x = 'part one'

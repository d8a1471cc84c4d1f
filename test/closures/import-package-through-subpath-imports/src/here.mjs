export const here = 'here'

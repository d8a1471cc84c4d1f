export const inside = 'inside'

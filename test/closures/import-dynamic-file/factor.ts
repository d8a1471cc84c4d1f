export const factor: number = 10

export const late = await Promise.resolve('late')
export const count = () => 1

export const args = [1]
export default async x => (await Promise.resolve(x)) + 1

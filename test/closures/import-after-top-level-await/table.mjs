const size = await new Promise(resolve => setTimeout(resolve, 1, 3))
export const table = { state: 'loaded', size }

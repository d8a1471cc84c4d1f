export let count = 1
export const up = () => ++count

export let total = 0
export const bump = () => ++total

export const all = () => 'all'

export const add = (a, b) => a + b
export const mul = () => 'mul'

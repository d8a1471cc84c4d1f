export default name => `hello ${name}`
export const bye = name => `bye ${name}`

const defaults = { retries: 3, nested: { a: 1 } }
const options = { ...defaults, retries: 5, log: text => `<${text}>` }
export default () => [options.retries, options.nested === defaults.nested, options.log('x')]

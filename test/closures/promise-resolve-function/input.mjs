const { resolve } = Promise.withResolvers()
export default () => resolve(1)

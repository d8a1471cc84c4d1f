let reads = 0
const trap = {
  get value() {
    throw new Error(`read ${++reads}`)
  },
}
export default () => {
  try {
    return trap.value
  } catch (error) {
    return error.message
  }
}

const weak = new WeakMap()
const fine = 2
export default () => {
  try {
    return eval('weak')
  } catch (error) {
    return [error.name, eval('fine')]
  }
}

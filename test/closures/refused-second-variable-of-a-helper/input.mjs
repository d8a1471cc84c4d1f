const fine = 1
const secrets = new WeakMap()
function helper() {
  return [fine, secrets]
}
const middle = { deep: [helper] }
export default () => middle.deep[0]()

class NotFound extends Error {}
const find = id => {
  throw new NotFound(`no ${id}`)
}
export const args = [7]
export default id => find(id)

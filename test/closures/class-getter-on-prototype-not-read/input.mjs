let reads = 0
class Careful {
  get value() {
    reads++
    return 'read'
  }
}
const careful = new Careful()
export default () => [reads, careful.value, reads]

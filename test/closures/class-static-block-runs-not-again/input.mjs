const log = []
class Once {
  static value = log.push('field')
  static {
    log.push('block')
  }
}
log.push('later')
export default () => [log, Once.value]

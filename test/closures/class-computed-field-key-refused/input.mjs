let n = 0
class Fields {
  [`f${n++}`] = 1
}
export default () => new Fields()

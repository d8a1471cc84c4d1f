const log: string[] = []
const open = (name: string) => ({ name, [Symbol.dispose]: () => void log.push(name) })
export default (): unknown => {
  {
    using a = open('a')
    using b = open('b')
    log.push(a.name + b.name)
  }
  return log
}

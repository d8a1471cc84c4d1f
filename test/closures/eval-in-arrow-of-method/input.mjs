class Runner {
  make() {
    return text => eval(text)
  }
}
const run = new Runner().make()
export default () => run('this')

let reset
const count = function counter() {
  reset = () => {
    counter = null
  }
}
count()

export default () => reset()

class Base {}
let again
class Below extends Base {
  constructor(isLate) {
    if (!isLate) super()
    else {
      again = () => super()
      super()
    }
  }
}
new Below(true)

export default () => again()

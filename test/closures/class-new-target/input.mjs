class Abstract {
  constructor() {
    this.made = new.target.name
    if (new.target === Abstract) throw new TypeError('abstract')
  }
}
class Concrete extends Abstract {}
export default () => {
  let message = ''
  try {
    new Abstract()
  } catch (error) {
    message = error.message
  }
  return [new Concrete().made, message]
}

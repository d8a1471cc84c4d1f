class Form {
  value = 3
  #secret = 4
  static made = ({ x }) => [this.name, x]
  submit = ({ by }) => {
    this.value *= by
    return this.value
  }
}
class Child extends Form {
  again = (...[by]) => this.submit({ by })
}
const form = new Form()
const child = new Child()
const { submit } = form
export default () => [submit({ by: 2 }), form.value, child.again(5), child.value, Form.made({ x: 1 })]

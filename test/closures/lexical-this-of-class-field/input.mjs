class Button {
  label = 'b'
  click = () => `${this.label}!`
}
const { click } = new Button()
export default () => click()

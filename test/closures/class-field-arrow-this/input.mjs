class Button {
  count = 0
  click = () => ++this.count
}
const button = new Button()
button.click()
export default () => [button.click(), button.count]

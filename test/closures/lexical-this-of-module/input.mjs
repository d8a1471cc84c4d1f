const top = () => typeof this
export default () => top()

let count = 0
const increment = () => ++count
export default () => [increment(), increment(), count]

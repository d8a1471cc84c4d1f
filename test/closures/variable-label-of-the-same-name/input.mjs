let outer = 5
const f = () => { outer: for (;;) { for (;;) { break outer } } return outer }
export default () => f()

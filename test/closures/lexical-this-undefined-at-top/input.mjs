const top = () => this
export default () => [top() === undefined]

const k: number = 5
export default () => 3 * k

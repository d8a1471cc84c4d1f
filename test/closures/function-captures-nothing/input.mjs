export default () => 3 * 3

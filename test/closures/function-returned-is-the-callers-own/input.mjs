const twice = x => 2 * x
export default () => ({ twice })
export const returned = ({ twice: it }) => it === twice

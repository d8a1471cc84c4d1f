const k = 5
const tag = (parts, ...values) => parts.raw.join('|') + values.join(',')
export default () => tag`a${k}b`

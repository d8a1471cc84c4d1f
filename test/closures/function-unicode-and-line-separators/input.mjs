const text = '\u2028\u2029'
const ключ = () => ['é', '日本', '😀', text.length, '</script>', '\0'.length]
export default () => ключ()

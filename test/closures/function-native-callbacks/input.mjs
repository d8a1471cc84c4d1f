const parse = JSON.parse
const { from, of } = Array
const keys = Object.keys
export default () => [['1', '2'].map(Number), parse('[3]'), from('ab'), keys({ a: 1 }), of.call(Array, 7)]

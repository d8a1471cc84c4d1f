const object = JSON.parse('{ "__proto__": { "evil": 1 } }')
const wild = Object.create(null, { ['__proto__']: { value: 5, enumerable: true } })
export default () => [Object.keys(object), typeof object.evil === 'undefined' ? 1 : 0, object.__proto__.evil, Object.getOwnPropertyNames(wild)]

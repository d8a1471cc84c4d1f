const object = Object.create(new Proxy({ inherited: 1 }, {}))
export default () => object.inherited

const slice = Array.prototype.slice.call.bind(Array.prototype.slice)
export default () => slice([1, 2, 3], 1)

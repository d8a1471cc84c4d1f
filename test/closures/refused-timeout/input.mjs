const it = setTimeout(() => {}, 0)
clearTimeout(it)
export default () => it

const timer = setTimeout(() => {}, 0)
clearTimeout(timer)
export default () => timer

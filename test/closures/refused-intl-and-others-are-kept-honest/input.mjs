const format = new Intl.NumberFormat('en')
export default () => format.format(1)

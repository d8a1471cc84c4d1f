const it = new Intl.NumberFormat('en')
export default () => it

export default () => {
  debugger
  return 'went on'
}

const log = console.log.bind(console)
export default () => typeof log

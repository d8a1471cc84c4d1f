const log = console.log.bind(console, 'prefix')
export default () => typeof log

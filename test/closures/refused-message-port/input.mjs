const { port1 } = new MessageChannel()
port1.unref()
export default () => port1

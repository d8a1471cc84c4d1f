const it = new TextDecoder()
export default () => it

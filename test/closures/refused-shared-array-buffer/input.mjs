const it = new SharedArrayBuffer(8)
export default () => it

const it = (async function* () {})()
export default () => it

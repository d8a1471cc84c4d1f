const it = [1].values()
export default () => it

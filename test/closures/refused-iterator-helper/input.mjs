const it = [1].values().map(x => x)
export default () => it

const it = new Map().entries()
export default () => it

const it = 'a'.matchAll(/a/g)
export default () => it

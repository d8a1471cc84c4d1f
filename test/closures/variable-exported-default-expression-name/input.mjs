let n = 1
export default function named() { return [named.name, typeof named, n] }

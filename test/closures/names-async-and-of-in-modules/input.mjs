let async = 1, of = 2, get = 3, set = 4, as = 5, from = 6, target = 7, type = 8, meta = 9, accessor = 10, using = 11
export default () => [async, of, get, set, as, from, target, type, meta, accessor, using]

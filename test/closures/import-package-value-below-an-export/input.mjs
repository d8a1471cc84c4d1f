import parser from 'parser'
import { types } from 'parser'
const kept = { num: types.num, deep: parser.tables.levels.one }
export default () => [kept.num === types.num, kept.deep === parser.tables.levels.one, parser.isNum(kept.num)]

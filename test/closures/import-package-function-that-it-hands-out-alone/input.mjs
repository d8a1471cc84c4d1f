import { limit, logger } from 'tool'
const log = logger('main')
const once = limit(1, text => text.length)
export default () => [log('hello'), log('again'), once('four'), once('six') ?? null, once.name]

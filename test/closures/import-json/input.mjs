import config from './config.json' with { type: 'json' }
export default () => [config.level, config.list.length]

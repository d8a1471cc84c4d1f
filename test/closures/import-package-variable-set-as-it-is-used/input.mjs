import { Client, client } from 'lazy'

const lazy = client('a')
lazy.ask()
export default () => [lazy.ask(), lazy.ask(), lazy instanceof Client]

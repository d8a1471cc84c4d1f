import { text } from 'shapes'
export const name = text().describe('a name', text().describe('inside'))
export const bare = text()

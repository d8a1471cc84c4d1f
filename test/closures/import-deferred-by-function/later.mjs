import { join } from 'node:path'
export const later = async () => text => join(text, 'later')

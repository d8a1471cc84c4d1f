import fs, { readFileSync } from 'fs'
import * as promises from 'node:fs/promises'
import { promises as same } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { EventEmitter, once } from 'events'
export default async () => [fs.readFileSync === readFileSync, promises.readFile === same.readFile, await wait(1, 'ok'), new EventEmitter() instanceof EventEmitter, typeof once]

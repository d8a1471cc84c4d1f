import { Socket } from 'node:net'
import { workerData } from 'node:worker_threads'
import { copyHeld } from '../frames/done-frame.ts'
import { CONTROL_FD, frame, frameKind, RECALL_BYTES, wordOf } from '../frames/wire.ts'
import { takeBack } from './turns.ts'
import type { Shared } from './watchdog.ts'

const { words, hold } = workerData as Shared
const socket = new Socket({ fd: CONTROL_FD })
let asked = Buffer.alloc(0)

socket.on('data', chunk => {
  asked = Buffer.concat([asked, chunk])
  for (; asked.byteLength >= RECALL_BYTES; asked = asked.subarray(RECALL_BYTES)) recall(asked.readUInt32LE(0))
})
// The parent's end closes with the parent, even after SIGKILL.
socket.on('close', die)
socket.on('error', die)
socket.write(frame(frameKind.listening, new Uint8Array(0)))

// Jobs that ended before the one that runs now, but were held back for a larger write, go first.
function recall(last: number): void {
  const next = takeBack(words, last)
  const held = copyHeld(hold)
  if (held !== undefined) socket.write(held)
  socket.write(frame(frameKind.recalled, wordOf(next)))
}

function die(): void {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill(process.pid, 'SIGKILL')
  }
}

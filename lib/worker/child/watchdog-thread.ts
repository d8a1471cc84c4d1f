import { Socket } from 'node:net'
import { workerData } from 'node:worker_threads'
import { CONTROL_FD, NOTE_BYTES, note, noteOf } from '../wire.ts'
import { takeBack } from './turns.ts'

const words = workerData as Int32Array
const socket = new Socket({ fd: CONTROL_FD })
let notes = Buffer.alloc(0)

socket.on('data', chunk => {
  notes = Buffer.concat([notes, chunk])
  for (; notes.byteLength >= NOTE_BYTES; notes = notes.subarray(NOTE_BYTES)) {
    if (notes.readUInt32LE(0) !== note.recall) continue
    socket.write(noteOf(note.recall, takeBack(words, notes.readUInt32LE(4))))
  }
})
// The parent's end closes with the parent, even after SIGKILL.
socket.on('close', die)
socket.on('error', die)
socket.write(noteOf(note.listening, 0))

function die(): void {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.kill(process.pid, 'SIGKILL')
  }
}

import { expect, test } from 'vitest'
import { isBuildFor } from '../../../lib/client/service/environment-install.ts'

/** The head of a shared library of Linux, for a machine. */
function elf(machine: number): Buffer {
  const head = Buffer.alloc(20)
  head.writeUInt32BE(0x7f454c46, 0)
  head.writeUInt16LE(machine, 18)
  return head
}
const machO = Buffer.from('cffaedfe0c000001'.padEnd(40, '0'), 'hex')

test.each([
  ['linux', 'x64', elf(0x3e), true],
  ['linux', 'x64', elf(0xb7), false],
  ['linux', 'arm64', elf(0xb7), true],
  ['linux', 'arm64', machO, false],
  ['darwin', 'arm64', machO, true],
  ['darwin', 'arm64', elf(0xb7), false],
] as const)('%s/%s', (os, cpu, head, is) => {
  expect(isBuildFor(head, { os, cpu })).toBe(is)
})

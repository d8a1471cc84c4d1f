/**
 * `node:fs` without its module facade: importing it would read each of its exports, of which one getter loads all of
 * Node's file streams. 10 of the 70 ms that a child needs to start.
 */
export const { closeSync, fstatSync, openSync, readSync, rmSync, writeFileSync, writeSync, writevSync } =
  process.getBuiltinModule('node:fs')

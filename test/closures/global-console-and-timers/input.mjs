const log = console.log
const later = setTimeout
export default async () => {
  await new Promise(done => later(done, 1))
  return [log === console.log, later === setTimeout, typeof queueMicrotask]
}

const { stdout, stderr, stdin, env, versions, release, config, memoryUsage, hrtime } = process
const out = process.stdout
const held = { out, err: [process.stderr] }
const print = process.stdout.write.bind(process.stdout)

export const args = [out, { error: stderr }]
export default (to, { error }) => [
  out === process.stdout && stdout === out && to === out && held.out === out,
  held.err[0] === process.stderr && stderr === held.err[0] && error === stderr,
  stdin === process.stdin,
  env === process.env,
  versions === process.versions && release === process.release && config === process.config,
  memoryUsage === process.memoryUsage && hrtime.bigint === process.hrtime.bigint,
  print(''),
]

import cloud from '../lib/index.ts'

const jid = await cloud.mp.call((x: number) => 3 * x, 2)
console.log(await cloud.mp.result(jid))

const jids = await cloud.mp.map((x, y) => x * y, [1, 3, 5], [2, 4, 6])
console.log(await cloud.mp.result(jids))

function writeReport() {
  // Its output stays with the job: `cloud.mp.info(report, 'stdout')`.
  console.log('Both products and the report ran in processes of their own.')
}

const report = await cloud.mp.with({ label: 'report', dependsOn: jids }).call(writeReport)
await cloud.mp.result(report)

// Crons belong to a service: `cloud.cron.register(() => cleanUp(), 'nightly', '0 3 * * *')` needs one to run on.

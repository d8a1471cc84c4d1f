import workerpool from 'workerpool'

const pool = workerpool.pool({ workerType: 'process', forkOpts: { serialization: 'advanced' } })
console.log(await pool.exec(x => 3 * x, [2]))
await pool.terminate()

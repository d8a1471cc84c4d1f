// Prints `passed failed skipped` of a vitest report. Arguments: the report, and the exit status of the run.
import { readFileSync } from 'node:fs'

const [path = '', status] = process.argv.slice(2)
const report = JSON.parse(readFileSync(path, 'utf8'))
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests = 0, testResults } = report

// A file that failed without a failed test of its own (it did not load, a hook threw) counts as one.
const broken = testResults.filter(
  file => file.status === 'failed' && !file.assertionResults.some(result => result.status === 'failed'),
)
const failed = numFailedTests + broken.length
// Vitest also fails for what no test is to blame for, such as an error after the last one.
const unexplained = status !== '0' && failed === 0 ? 1 : 0
console.log(numPassedTests, failed + unexplained, numPendingTests + numTodoTests)

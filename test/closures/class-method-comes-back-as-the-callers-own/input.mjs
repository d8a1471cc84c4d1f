class Meter {
  read() {
    return 1
  }
  static make() {
    return new Meter()
  }
}
Meter.prototype.read.calls = 1
export default () => {
  Meter.prototype.read.calls = 2
  return [Meter.prototype.read, { make: Meter.make }]
}
// What the job did to its own is not done to ours.
export const returned = ([read, { make }]) => [read === Meter.prototype.read, make === Meter.make, read.calls]

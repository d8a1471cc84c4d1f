// In the manner of the fake timers that Vitest, Jest and Sinon share.
const NativeDate = Date
function createDate(clock) {
  class ClockDate extends NativeDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [clock.now] : parts))
    }
  }
  return ClockDate
}
const Fake = createDate({ now: 1000, timers: new WeakMap() })
const at = new Fake()

export default () => at.getTime()

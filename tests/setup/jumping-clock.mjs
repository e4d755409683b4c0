// Loaded before a worker: its clock jumps, an hour ahead, back, and an hour behind, several times a second.
const JUMPS = [0, 3_600_000, -3_600_000]
const now = Date.now
const RealDate = Date

const jumped = () => now() + JUMPS[Math.floor(performance.now() / 130) % JUMPS.length]

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(jumped())
    else super(...args)
  }
  static now() {
    return jumped()
  }
}

import { vi } from 'vitest'

/** Waits until the condition stops throwing and returns what it returned: for what another process brings about. */
export const eventually = <T>(condition: () => T | Promise<T>, timeout = 30_000): Promise<T> =>
  vi.waitFor(condition, { timeout, interval: 50 })

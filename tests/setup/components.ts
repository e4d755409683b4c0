// Vitest's setup for component tests: jest-dom's matchers, a clean page for each test, and no console.error that was not expected.
import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach, beforeEach } from 'vitest'

const consoleError = console.error
let errors: unknown[][] = []

beforeEach(() => {
  errors = []
  // A test that expects an error replaces this by a spy of its own.
  console.error = (...args: unknown[]) => {
    errors.push(args)
    consoleError(...args)
  }
})

afterEach(() => {
  cleanup()
  console.error = consoleError
  if (errors.length > 0) throw new Error(`Unexpected console.error: ${errors.map(String).join('\n')}`)
})

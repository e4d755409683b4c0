import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { RateChart } from '@/components/imports/rate-chart'
import type { Attempt, StepReport } from '@/lib/imports/session'
import { renderPage } from '@/tests/components/render'
import { stepReport } from '@/tests/components/step-report'

const startedAt = new Date('2026-11-22T13:00:00Z')
const later = (milliseconds: number) => new Date(startedAt.getTime() + milliseconds)

const step = (kind: StepReport['kind'], from: number, to: number, processed: number) =>
  stepReport({ kind, processed, startedAt: later(from), finishedAt: later(to) })

const samples: Attempt['samples'] = [
  [0, 0],
  [500, 2000],
  [1000, 5000],
]

/** Left, right and top of each thing drawn. */
const drawn = () =>
  [...screen.getByRole('img', { name: /прочитано и применено/ }).querySelectorAll('polygon')].map((polygon) => {
    const corners = (polygon.getAttribute('points') ?? '').split(' ').map((corner) => corner.split(',').map(Number))
    const [x, y] = [corners.map(([x = 0]) => x), corners.map(([, y = 0]) => y)]
    return { from: Math.min(...x), to: Math.max(...x), top: Math.min(...y) }
  })

test('the chart goes over the whole attempt: what was read, then each step at its mean', () => {
  renderPage(
    <RateChart
      attempt={{ startedAt, samples }}
      steps={[step('goods', 1000, 2000, 3000), step('prices', 2000, 3000, 12_000)]}
    />,
  )
  expect(drawn()).toEqual([
    { from: 0, to: 100, top: 20.5 },
    { from: 100, to: 200, top: 30.3 },
    { from: 200, to: 300, top: 1 },
  ])
  expect(screen.getByText('чтение, до 6 000')).toBeVisible()
  expect(screen.getByText('этапы, в среднем каждый, до 12 000')).toBeVisible()
})

test('a step that took no time to speak of has no rate, and an attempt of nothing else no chart', () => {
  renderPage(
    <RateChart attempt={{ startedAt, samples: [] }} steps={[step('groups', 0, 4, 100), step('goods', 4, 1004, 500)]} />,
  )
  expect(screen.queryByRole('figure')).toBeNull()
})

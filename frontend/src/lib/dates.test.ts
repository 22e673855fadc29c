import { beforeEach, describe, expect, it } from 'vitest'
import { formatDayName } from './dates'
import { activateLocale } from './i18n'

beforeEach(() => activateLocale('en-GB'))

describe('formatDayName', () => {
  it.each([
    ['2026-11-22', 'Today'],
    ['2026-11-21', 'Yesterday'],
    ['2026-11-20', 'Friday 20 November'],
    ['2026-11-23', 'Monday 23 November'],
    ['2025-12-31', 'Wednesday, 31 December 2025'],
  ])('calls %s %s', (date, name) => {
    expect(formatDayName(date, '2026-11-22')).toBe(name)
  })

  it('speaks the language of the reader', async () => {
    await activateLocale('de')
    expect(formatDayName('2026-11-21', '2026-11-22')).toBe('Gestern')
  })
})

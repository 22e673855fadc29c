import { describe, expect, it } from 'vitest'
import { countUnseen } from './unseen'

const node = (id: string, at: string, actor: string | null) => ({
  node: { id, at, actor: actor ? { id: actor } : null },
})
const latest = {
  me: {
    id: 'ada',
    activity: {
      edges: [
        node('3', '2026-11-22T10:00:00Z', 'ben'),
        node('2', '2026-11-22T09:00:00Z', 'ada'),
        node('1', '2026-11-22T08:00:00Z', null),
      ],
    },
  },
}

describe('countUnseen', () => {
  it('counts what others did', () => {
    expect(countUnseen(latest, '')).toBe(2)
  })

  it('leaves out what was looked at', () => {
    expect(countUnseen(latest, '2026-11-22T08:30:00Z')).toBe(1)
  })

  it('is zero while the feed is not available', () => {
    expect(countUnseen({ me: { id: 'ada', activity: null } }, '')).toBe(0)
  })
})
